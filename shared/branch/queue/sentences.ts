/** Why this one is next, in words a teller can say to a customer who asks (domain.md section 2). */
import type { OrderReason } from '../branch.state.ts';

export const sentences: Readonly<Record<OrderReason, { readonly zh: string; readonly en: string }>> = {
  returning: {
    zh: '这位客户刚才已办理过，回来补签，由原柜员接着办，很快就好。',
    en: 'This customer was served a moment ago and is back to sign; the same teller finishes it, it will not take long.',
  },
  green: {
    zh: '这位客户需要特别照顾，我行设有绿色通道，请您谅解。',
    en: 'This customer needs special care and we keep a green channel for that; thank you for your understanding.',
  },
  age: {
    zh: '这位是老年客户，我行优先接待老年人，请您谅解。',
    en: 'This is an elderly customer, whom we serve first; thank you for your understanding.',
  },
  raised: {
    zh: '这位客户已经等候很久，按到达先后先请他办理。',
    en: 'This customer has waited a long time and now goes by time of arrival.',
  },
  late: {
    zh: '这位客户过号后重新排队，已让过后面的客户，现在轮到了。',
    en: 'This customer missed the call, let others go first, and is now due again.',
  },
  vip: {
    zh: '按我行服务规则轮到这个号，普通客户的号也在同时叫，请您稍候。',
    en: 'It is this number’s turn under our rules; ordinary numbers are called in between, please bear with us.',
  },
  appointment: {
    zh: '这位客户预约了这个时间段，您也可以提前预约。',
    en: 'This customer booked this time slot; you are welcome to book one too.',
  },
  arrival: {
    zh: '按取号先后轮到这位客户。',
    en: 'It is this customer’s turn by time of arrival.',
  },
  chosen: {
    zh: '这位客户由工作人员安排先办，请您稍候。',
    en: 'Our staff asked this customer forward; please bear with us for a moment.',
  },
};
