import '@fontsource-variable/noto-sans-sc/index.css';
import '../theme/tokens.css';
import '../theme/base.css';
import '../ui/ui.css';
import { DeviceGate } from '../device/device-gate.tsx';
import { startPage } from '../device/page.tsx';
import { DisplayScreen } from '../screens/display/display-screen.tsx';

startPage(<DeviceGate kind="display">{(device) => <DisplayScreen device={device} />}</DeviceGate>, 'dark');
