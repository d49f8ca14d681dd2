import '@fontsource-variable/noto-sans-sc/index.css';
import '../theme/tokens.css';
import '../theme/base.css';
import '../ui/ui.css';
import { DeviceGate } from '../device/device-gate.tsx';
import { startPage } from '../device/page.tsx';
import { TerminalScreen } from '../screens/terminal/terminal-screen.tsx';

startPage(<DeviceGate kind="terminal">{(device) => <TerminalScreen device={device} />}</DeviceGate>);
