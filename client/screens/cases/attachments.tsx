import { useRef, useState } from 'react';
import { casesTexts } from '../../i18n/cases.ts';
import { useTexts } from '../../i18n/texts.ts';
import type { Problem } from '../../live/api.ts';
import { Button } from '../../ui/button.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import type { Attachment, CaseView } from './case-data.ts';

const TYPES = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'];
const MOST_BYTES = 10 * 1024 * 1024;
const UPLOAD_MS = 120_000;

const pathOf = (view: CaseView): string => `/api/cases/${encodeURIComponent(view.id)}/attachments`;

async function upload(view: CaseView, file: File): Promise<Problem | undefined> {
  const lost: Problem = { status: 0, code: 'unreachable', detail: '' };
  try {
    const response = await fetch(pathOf(view), {
      method: 'POST',
      credentials: 'same-origin',
      // The name may tell of a person: it goes beside the address, which is written into logs.
      headers: { 'content-type': file.type, 'x-file-name': encodeURIComponent(file.name) },
      body: file,
      signal: AbortSignal.timeout(UPLOAD_MS),
    });
    return response.ok ? undefined : ((await response.json()) as Problem);
  } catch {
    return lost;
  }
}

const sizeOf = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

/** Photos are shown, everything is kept as it was sent. */
export function Attachments({ view, again }: { view: CaseView; again: () => void }) {
  const t = useTexts(casesTexts);
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState(false);
  const take = async (files: readonly File[]): Promise<void> => {
    setWrong(files.some((file) => !TYPES.includes(file.type) || file.size > MOST_BYTES));
    setBusy(true);
    for (const file of files.filter(({ type, size }) => TYPES.includes(type) && size <= MOST_BYTES)) {
      const problem = await upload(view, file);
      if (problem !== undefined) toastProblem(problem);
    }
    setBusy(false);
    again();
  };
  return (
    <section
      className="case-part"
      aria-label={t('files.title')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void take([...event.dataTransfer.files]);
      }}
    >
      <h3>{t('files.title')}</h3>
      <div className="files">
        {view.attachments.map((file) => (
          <FileTile key={file.id} view={view} file={file} />
        ))}
        <input
          ref={input}
          type="file"
          hidden
          multiple
          accept={TYPES.join()}
          onChange={(event) => {
            void take([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
        <Button className="file-add" disabled={busy} onPress={() => input.current?.click()}>
          <span className="two-lines">
            {busy ? t('files.uploading') : t('do.attach')}
            <small className="muted">{t('files.none')}</small>
          </span>
        </Button>
      </div>
      <p className="form-problem" role="alert">
        {wrong ? t('files.wrong') : ''}
      </p>
    </section>
  );
}

function FileTile({ view, file }: { view: CaseView; file: Attachment }) {
  const t = useTexts(casesTexts);
  const href = `${pathOf(view)}/${encodeURIComponent(file.id)}`;
  const name = file.name ?? file.mediaType;
  return (
    <a className="file" href={href} target="_blank" rel="noreferrer" aria-label={t('files.open', { name })} title={file.sha256}>
      {file.mediaType.startsWith('image/') ? (
        <img src={href} alt="" loading="lazy" />
      ) : (
        <span className="file-pdf" aria-hidden="true">
          PDF
        </span>
      )}
      <span className="file-name">{name}</span>
      <small className="muted">{sizeOf(file.bytes)}</small>
    </a>
  );
}
