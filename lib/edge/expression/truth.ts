/** Whether something holds for every request that is asked about; undefined where it depends. */
export type Truth = boolean | undefined;

export function not(one: Truth): Truth {
  return one === undefined ? undefined : !one;
}

export function and(one: Truth, other: Truth): Truth {
  if (one === false || other === false) {
    return false;
  }
  return one === undefined || other === undefined ? undefined : true;
}

export function or(one: Truth, other: Truth): Truth {
  return not(and(not(one), not(other)));
}

export function xor(one: Truth, other: Truth): Truth {
  return one === undefined || other === undefined ? undefined : one !== other;
}
