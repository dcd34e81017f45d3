"""Calls `image` of each component file that is named, with wasmtime: a line of hexadecimal bytes for each, or `trap`."""
import sys

from wasmtime import Engine, Store, Trap, WasmtimeError, component

engine = Engine()
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        compiled = component.Component(engine, file.read())
    store = Store(engine)
    instance = component.Linker(engine).instantiate(store, compiled)
    try:
        image = instance.get_func(store, "image")(store)
        print(bytes(image).hex())
    except (Trap, WasmtimeError):
        print("trap")
