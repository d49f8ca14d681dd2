/** The staff app: sign-in, then the role's own screen; each screen loads when it is first needed. */
import '@fontsource-variable/noto-sans-sc/index.css';
import '../theme/tokens.css';
import '../theme/base.css';
import '../ui/ui.css';
import '../staff/staff.css';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { onSession } from '../staff/session.ts';
import { startTheme } from '../theme/theme.ts';
import { Toasts } from '../ui/toast.tsx';
import { router } from './staff-routes.tsx';

startTheme();
// Signed in, signed out, or revoked: the guards decide anew where this page may be.
onSession(() => void router.invalidate());

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <>
      <RouterProvider router={router} />
      <Toasts />
    </>,
  );
}
