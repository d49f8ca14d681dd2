/** Refusals and failures by `code`. Each says what to do next. */
export const errors = {
  unreachable: '连不上服务器，操作未确认。请检查网络后再试一次。',
  unknown: '操作未被接受（{code}）。请再试一次，或联系管理员。',
  'http-429': '操作太频繁，请稍候再试。',
  'http-503': '系统正忙，请稍候再试。',
} as const;
