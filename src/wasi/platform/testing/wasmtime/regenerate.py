"""Writes behind each line of a golden file what wasmtime answers: regenerate.py probe.wasm wasmtime.golden.txt"""
import os
import shutil
import sys
import tempfile

import wasmtime
import wasmtime.component

# The same tree as in probe-world.ts.
RW = {"file": "hello", "dir": {"inner": "inner!", "deep": {"leaf": "leaf"}}, "empty": {}}
LINKS = {
    "link": "file", "dirlink": "dir", "slashlink": "dir/", "fileslash": "file/", "dangling": "missing",
    "danglingup": "../outside/new", "loop": "loop", "a": "b", "b": "a", "deeploop": "loop/x", "up": "..",
    "updir": "../outside", "escape": "../outside/secret", "abs": "/etc/passwd", "absdir": "/etc", "absroot": "/",
    "indirect": "dirlink/inner", "dotdot": "dir/../file", "outin": "../rw/file", "dir/back": "../file",
    "dir/backout": "../../outside/secret", "dir/backdir": "..", "dir/deep/upup": "../..",
}
RO = {"file": "hello", "dir": {"inner": "inner!"}, "empty": {}}

engine = wasmtime.Engine()
component = wasmtime.component.Component.from_file(engine, sys.argv[1])
linker = wasmtime.component.Linker(engine)
linker.add_wasip2()


def make(root, tree):
    os.mkdir(root)
    for name, value in tree.items():
        path = os.path.join(root, name)
        if isinstance(value, dict):
            make(path, value)
        else:
            with open(path, "w") as file:
                file.write(value)


def make_world(root):
    make(f"{root}/rw", RW)
    for name, target in LINKS.items():
        os.symlink(target, f"{root}/rw/{name}")
    make(f"{root}/ro", RO)
    os.symlink("file", f"{root}/ro/link")
    make(f"{root}/outside", {"secret": "secret"})


def snapshot(root):
    found = {}
    for folder, directories, files in os.walk(root):
        for name in directories + files:
            path = os.path.join(folder, name)
            key = os.path.relpath(path, root)
            if os.path.islink(path):
                found[key] = "-> " + os.readlink(path)
            else:
                found[key] = "/" if os.path.isdir(path) else str(os.path.getsize(path))
    return found


def difference(before, after):
    gone, came = set(before) - set(after), set(after) - set(before)
    changes = []
    for path in sorted(set(before) | set(after)):
        if path in gone:
            changes += [] if os.path.dirname(path) in gone else ["-" + path]
        elif path in came:
            changes += [] if os.path.dirname(path) in came else ["+" + path]
        elif before[path] != after[path]:
            changes.append("~" + path)
    return encode(" ".join(changes))


LONG = {"%P4095": "./" * 2045 + "/file", "%P4096": "./" * 2046 + "file", "%L255": "x" * 255, "%L256": "x" * 256}


def encode(text):
    text = text.replace("\n", "%0A")
    for short in ("%P4095", "%P4096", "%L256", "%L255"):
        text = text.replace(LONG[short], short)
    return text


def decode(word):
    if word == "%E":
        return ""
    for short, long in LONG.items():
        word = word.replace(short, long)
    return word


def run(lines):
    """What the lines answer, and what they changed."""
    root = tempfile.mkdtemp()
    try:
        make_world(root)
        before = snapshot(root)
        source, answers = os.path.join(root, "in"), os.path.join(root, "out")
        with open(source, "w") as file:
            file.writelines("\t".join(map(decode, line.split(" "))) + "\n" for line in lines)
        store = wasmtime.Store(engine)
        config = wasmtime.WasiConfig()
        config.stdin_file, config.stdout_file = source, answers
        config.inherit_stderr()
        config.preopen_dir(f"{root}/rw", "rw", True)
        config.preopen_dir(f"{root}/ro", "ro", False)
        store.set_wasi(config)
        instance = linker.instantiate(store, component)
        version = next(v for v in range(20, -1, -1) if instance.get_export_index(store, f"wasi:cli/run@0.2.{v}"))
        face = instance.get_export_index(store, f"wasi:cli/run@0.2.{version}")
        instance.get_func(store, instance.get_export_index(store, "run", face))(store)
        with open(answers) as file:
            results = [encode(line) for line in file.read().split("\n")[: len(lines)]]
        os.remove(source)
        os.remove(answers)
        return results, difference(before, snapshot(root))
    finally:
        shutil.rmtree(root)


def alone(line):
    results, changes = run([line])
    return results[0] + (f" | {changes}" if changes else "")


def regenerate(text):
    section, operations, script, out = "", {}, [], []

    def finish():
        if script:
            results, changes = run(script)
            out.extend(f"{line} => {result}" for line, result in zip(script, results))
            out.extend([f"=> {changes or 'nothing changed'}", ""])
            script.clear()

    for raw in text.split("\n"):
        line = raw.split(" => ")[0]
        if raw.startswith("["):
            finish()
            section = raw[1 : raw.index("]")]
        if section == "ours" or raw.startswith(("[", "#")) or (raw == "" and section != "script"):
            out.append(raw)
        elif section == "paths" and " = " in raw:
            name, operation = raw.split(" = ")
            operations[name] = operation
            out.append(raw)
        elif section == "paths" and raw.startswith("path "):
            out.append(raw)
            by_result = {}
            for name, operation in operations.items():
                by_result.setdefault(alone(operation.replace("{}", raw[5:])), []).append(name)
            out.extend(f"    {result} <= {' '.join(names)}" for result, names in by_result.items())
        elif section == "each":
            out.append(f"{line} => {alone(line)}")
        elif section == "script" and line and not raw.startswith("=>"):
            script.append(line)
        elif section == "script" and out[-1] != "":
            out.append("")
    finish()
    return "\n".join(out)


with open(sys.argv[2]) as golden:
    written = regenerate(golden.read())
with open(sys.argv[2], "w") as golden:
    golden.write(written)
