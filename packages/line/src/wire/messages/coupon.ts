import { added, type Fields, object, oneOf, type Rule, required, text } from '../rules/rule.ts'
import { type CommonFields, commonFields } from './common-fields.ts'

// LINE reference, "Message objects", coupon.
export interface CouponMessage extends CommonFields {
  type: 'coupon'
  couponId: string
  deliveryTag?: string
}

const fields: Fields<CouponMessage> = {
  type: required(oneOf(['coupon'])),
  couponId: required(text()),
  deliveryTag: added(text({ limit: 'coupon.deliveryTag', pattern: /^[a-zA-Z0-9_]*$/ })),
  ...commonFields,
}

export const couponMessage: Rule<CouponMessage> = object(fields)
