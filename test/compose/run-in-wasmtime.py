"""Runs command components in wasmtime, each with its standard output: the files are the arguments."""
import sys
from wasmtime import Engine, Store, WasiConfig, component

for file in sys.argv[1:]:
    engine = Engine()
    store = Store(engine)
    wasi = WasiConfig()
    wasi.inherit_stdout()
    store.set_wasi(wasi)
    linker = component.Linker(engine)
    linker.add_wasip2()
    command = component.Component.from_file(engine, file)
    instance = linker.instantiate(store, command)
    [name] = [each for each in command.type.exports(engine) if each.startswith("wasi:cli/run@")]
    run = instance.get_func(store, instance.get_export_index(store, "run", instance.get_export_index(store, name)))
    assert run(store).tag == "ok"
