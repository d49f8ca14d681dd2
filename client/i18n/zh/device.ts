export const device = {
  'unpaired.title': '这块屏幕还没有配对',
  'unpaired.body': '请管理员在“设置 → 设备”中新建设备，然后在这里打开 {address}，或把令牌填在下面。',
  'denied.title': '这台设备的访问已被停用',
  'denied.body': '令牌无效或已被撤销。请管理员在“设置 → 设备”中新建设备，再打开 {address}，或把新令牌填在下面。',
  'connecting.title': '正在连接…',
  'connecting.body': '请稍候。',
  'unreachable.title': '连不上服务器',
  'unreachable.body': '正在自动重试。如果一直这样，请检查网络。',
  'pair.token': '设备令牌',
  'pair.go': '配对',
} as const;
