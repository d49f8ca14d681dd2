import { commonTexts } from '../i18n/common.ts';
import { languages, setLanguage, useLanguage } from '../i18n/language.ts';
import { useTexts } from '../i18n/texts.ts';
import { setTheme, themes, useTheme } from '../theme/theme.ts';

function Choice<T extends string>({
  label,
  options,
  value,
  text,
  onChoose,
}: {
  label: string;
  options: readonly T[];
  value: T;
  text: (option: T) => string;
  onChoose: (option: T) => void;
}) {
  return (
    <div className="segmented" role="group" aria-label={label}>
      {options.map((option) => (
        <button key={option} type="button" aria-pressed={option === value} onClick={() => onChoose(option)}>
          {text(option)}
        </button>
      ))}
    </div>
  );
}

export function LanguageSwitch() {
  const t = useTexts(commonTexts);
  return (
    <Choice
      label={t('language.label')}
      options={languages}
      value={useLanguage()}
      text={(one) => t(`language.${one}`)}
      onChoose={(one) => setLanguage(one)}
    />
  );
}

export function ThemeSwitch() {
  const t = useTexts(commonTexts);
  return <Choice label={t('theme.label')} options={themes} value={useTheme()} text={(one) => t(`theme.${one}`)} onChoose={setTheme} />;
}
