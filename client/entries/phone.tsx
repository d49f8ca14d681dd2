import '../theme/tokens.css';
import '../theme/base.css';
import '../ui/ui.css';
import { startPage } from '../device/page.tsx';
import { PhoneScreen } from '../screens/phone/phone-screen.tsx';

/** `/t/TOKEN`: the token is all a phone knows. */
const token = decodeURIComponent(window.location.pathname.split('/')[2] ?? '');

startPage(<PhoneScreen token={token} />);
