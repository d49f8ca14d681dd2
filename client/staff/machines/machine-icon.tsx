/** One drawing a kind; the name always stands beside it. */
import type { MachineKind } from '../../../shared/contract/machines.ts';

const drawings: Record<MachineKind, React.ReactNode> = {
  atm: <path d="M3 4h18v9H3zM7 13v7h10v-7M9 17h6M7 8.5h3" />,
  recycler: <path d="M3 4h18v9H3zM7 13v7h10v-7M10 20v-5M8.3 16.7 10 15l1.7 1.7M14 15v5M12.3 18.3 14 20l1.7-1.7M7 8.5h10" />,
  smartCounter: <path d="M5 3h14v10H5zM8 21h8M12 13v8M8 7h8M8 10h5" />,
  videoTeller: <path d="M4 4h16v12H4zM8 20h8M12 16v4M12 10.2a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8.6 13.4c.6-1.6 1.8-2.2 3.4-2.2s2.8.6 3.4 2.2" />,
  passbookPrinter: <path d="M7 9V3h10v6M7 17H3V9h18v8h-4M7 14h10v7H7zM9.5 17.5h5" />,
  enquiry: <path d="M4 4h16v12H4zM8 20h8M12 16v4M10.8 11.4a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2zM12.8 10.8l2.4 2.4" />,
  numberKiosk: <path d="M6 3h12v9H6zM9 12v9h6v-9M10.5 15.5h3M10 6.2 12 5v4.6" />,
};

export function MachineIcon({ kind, size = 20 }: { kind: MachineKind; size?: number }) {
  return (
    <svg
      className="machine-icon"
      viewBox="0 0 24 24"
      width={size}
      height={size}
      aria-hidden="true"
      focusable="false"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinejoin="round"
      strokeLinecap="round"
    >
      {drawings[kind]}
    </svg>
  );
}
