import '@fontsource-variable/noto-sans-sc/index.css';
import '../theme/tokens.css';
import '../theme/base.css';
import '../ui/ui.css';
import { DeviceGate } from '../device/device-gate.tsx';
import { startPage } from '../device/page.tsx';
import { KioskScreen } from '../screens/kiosk/kiosk-screen.tsx';

startPage(<DeviceGate kind="kiosk">{(device) => <KioskScreen device={device} />}</DeviceGate>);
