/**
 * Instances of generated modules that import a guest's functions by their plain types, `(func …)`. A function whose type the guest
 * defined in a recursion group with others is of another type, though it has the same parameters and results, as a lift, a `realloc` or
 * a destructor must have. It can be imported through JavaScript, where it cannot be suspended.
 */
export function instantiateWithGuest(
  module: WebAssembly.Module,
  imports: WebAssembly.ModuleImports,
): WebAssembly.Exports {
  try {
    return new WebAssembly.Instance(module, { '': imports }).exports
  } catch (error) {
    if (!(error instanceof WebAssembly.LinkError)) throw error
    const called = Object.entries(imports).map(([name, value]) => [name, throughJavaScript(value)])
    return new WebAssembly.Instance(module, { '': Object.fromEntries(called) }).exports
  }
}

function throughJavaScript(value: WebAssembly.ImportValue): WebAssembly.ImportValue {
  return typeof value === 'function' ? (...args: unknown[]) => value(...args) : value
}
