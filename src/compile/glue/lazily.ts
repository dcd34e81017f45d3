type Call = (...args: unknown[]) => unknown

/**
 * A function that is made when it is first called: a guest imports many and calls a few. By number of parameters, because
 * rest parameters are slow.
 */
export function lazily(parameters: number, make: () => Call): Call {
  let made: Call = (...args) => {
    made = make()
    return made(...args)
  }
  switch (parameters) {
    case 0:
      return () => made()
    case 1:
      return (a) => made(a)
    case 2:
      return (a, b) => made(a, b)
    case 3:
      return (a, b, c) => made(a, b, c)
    case 4:
      return (a, b, c, d) => made(a, b, c, d)
    case 5:
      return (a, b, c, d, e) => made(a, b, c, d, e)
    case 6:
      return (a, b, c, d, e, f) => made(a, b, c, d, e, f)
    default:
      return (...args) => made(...args)
  }
}
