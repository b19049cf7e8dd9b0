#!/usr/bin/env python3
"""Makes a published folder for the benchmark: a self-contained web application for win-x64 of 500 files and 200 MiB.

usage: bench/check/generate.py DEST

Like a real one it has an executable, the runtime's native libraries, some 300 assemblies with the headers and the metadata
of real ones, all listed in a deps.json, satellite assemblies in many languages, and files for browsers. The bytes between
are noise. The same files are made every time; a DEST that is there is left as it is.
"""
import json
import random
import struct
import sys
from pathlib import Path

FILES = 500
BYTES = 200 << 20
LANGUAGES = ["cs", "de", "es", "fr", "it", "ja", "ko", "pl", "pt-BR", "ru", "tr", "zh-Hans", "zh-Hant"]
PRECOMPILED, IL_ONLY = 0x4, 0x1
VERSION = (8, 0, 0, 0)


def section(size, address):
    """The header of the section with everything."""
    return b".text\0\0\0" + struct.pack("<IIIIIIHHI", size, address, size, 0x400, 0, 0, 0, 0, 0x60000020)


def pe(size, noise, flags=None, dll=True):
    """A 64-bit image of about `size` bytes; an assembly when it has flags. As compilers do, the metadata comes late."""
    address, start, header = 0x2000, 0x80, 0xF0
    body = bytearray(noise.randbytes(max(size - 0x400, 0x1000)))
    optional = bytearray(header)
    struct.pack_into("<H", optional, 0, 0x20B)
    struct.pack_into("<H", optional, 0x44, 3)
    struct.pack_into("<I", optional, 0x6C, 16)
    if flags is not None:
        metadata = metadata_of(VERSION)
        at = len(body) * 6 // 10 & ~3
        body[at:at + len(metadata)] = metadata
        native = (address, 64) if flags == PRECOMPILED else (0, 0)
        cli = struct.pack("<IHHIII", 72, 2, 5, address + at, len(metadata), flags).ljust(64, b"\0")
        body[8:80] = cli + struct.pack("<II", *native)
        struct.pack_into("<II", optional, 0xE0, address + 8, 72)
    coff = struct.pack("<4sHHIIIHH", b"PE\0\0", 0x8664, 1, 0, 0, 0, header, 0x2022 if dll else 0x22)
    dos = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", start)
    head = dos.ljust(start, b"\0") + coff + bytes(optional) + section(len(body), address)
    return head.ljust(0x400, b"\0") + bytes(body)


def metadata_of(version):
    """Metadata with the two tables that every assembly has, of one row each (ECMA-335 II.24.2)."""
    tables = struct.pack("<IBBBBQQ", 0, 2, 0, 0, 1, 1 | 1 << 0x20, 0) + struct.pack("<II", 1, 1) + bytes(10)
    tables += struct.pack("<IHHHH", 0x8004, *version) + bytes(10)
    root = b"BSJB" + struct.pack("<HHII", 1, 1, 0, 12) + b"v4.0.30319\0\0" + struct.pack("<HH", 0, 1)
    return root + struct.pack("<II4s", len(root) + 12, len(tables), b"#~\0\0") + tables


def apphost(noise):
    """An executable that is bound to App.dll, with the mark of an apphost that has no bundle."""
    image = bytearray(pe(150_000, noise, dll=False))
    image[0x8000:0x8400] = b"App.dll".ljust(0x400, b"\0")
    mark = bytes.fromhex("8b1202b96a612038727b930214d7a03213f5b9e6efae3318ee3b2dce24b36aae")
    image[0x9000:0x9008 + len(mark)] = bytes(8) + mark
    return bytes(image)


def main(destination):
    if destination.exists():
        return
    noise = random.Random(3)
    files = {"web.config": WEB_CONFIG.encode("utf-8-sig"), "App.runtimeconfig.json": json.dumps(RUNTIME, indent=2).encode(),
             "appsettings.json": b'{\n  "Logging": { "LogLevel": { "Default": "Information" } }\n}\n', "App.exe": apphost(noise)}
    native = ["hostfxr.dll", "hostpolicy.dll", "coreclr.dll", "clrjit.dll", "aspnetcorev2_inprocess.dll", "mscorrc.dll",
              "System.IO.Compression.Native.dll", "Microsoft.Data.SqlClient.SNI.dll", "e_sqlite3.dll"]
    framework = ["System.Private.CoreLib", *(f"System.Part{n}" for n in range(160)),
                 *(f"Microsoft.AspNetCore.Part{n}" for n in range(130))]
    packages = [f"Vendor.Package{n}" for n in range(40)]
    satellites = [f"{language}/Vendor.Package{n}.resources.dll" for n in range(8) for language in LANGUAGES]
    count = len(files) + 2 + len(native) + len(framework) + len(packages) + len(satellites)
    statics = [f"wwwroot/lib/part{n // 10}/file{n}.{'js' if n % 2 else 'css'}" for n in range(FILES - count)]
    listed = {"App/1.0.0": {"runtime": {"App.dll": {}}}}
    versions = {"assemblyVersion": ".".join(map(str, VERSION)), "fileVersion": "8.0.2626.1"}
    pack = "runtimepack.Microsoft.NETCore.App.Runtime.win-x64/8.0.26"
    listed[pack] = {"runtime": {f"{name}.dll": versions for name in framework},
                    "native": {name: {"fileVersion": "8.0.2626.1"} for name in native}}
    for number, name in enumerate(packages):
        resources = {f"lib/net8.0/{path}": {"locale": path.split("/")[0]} for path in satellites if f"/{name}." in path}
        listed[f"{name}/2.{number}.0"] = {"runtime": {f"lib/net8.0/{name}.dll": versions}, "resources": resources}
    files["App.deps.json"] = deps(listed)
    files["App.dll"] = pe(90_000, noise, IL_ONLY)
    average = BYTES // (len(framework) + len(packages) + len(native))
    for name in framework + packages:
        size = int(average * noise.uniform(0.3, 1.7))
        files[f"{name}.dll"] = pe(size, noise, IL_ONLY if name in packages else PRECOMPILED)
    for name in native:
        files[name] = pe(int(average * noise.uniform(0.5, 1.5)), noise)
    for path in satellites:
        files[path] = pe(12_000, noise, IL_ONLY)
    for path in statics:
        files[path] = noise.randbytes(8_000)
    for path, content in files.items():
        (destination / path).parent.mkdir(parents=True, exist_ok=True)
        (destination / path).write_bytes(content)


def deps(listed):
    target = ".NETCoreApp,Version=v8.0"
    described = {key: {"type": "project" if key.startswith("App/") else "package", "serviceable": True, "sha512": ""}
                 for key in listed}
    return json.dumps({"runtimeTarget": {"name": f"{target}/win-x64", "signature": ""}, "compilationOptions": {},
                       "targets": {target: {}, f"{target}/win-x64": listed}, "libraries": described}, indent=2).encode()


RUNTIME = {"runtimeOptions": {"tfm": "net8.0", "includedFrameworks": [
    {"name": "Microsoft.NETCore.App", "version": "8.0.26"}, {"name": "Microsoft.AspNetCore.App", "version": "8.0.26"}]}}
WEB_CONFIG = """<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <location path="." inheritInChildApplications="false">
    <system.webServer>
      <handlers>
        <add name="aspNetCore" path="*" verb="*" modules="AspNetCoreModuleV2" resourceType="Unspecified" />
      </handlers>
      <aspNetCore processPath=".\\App.exe" stdoutLogEnabled="false" stdoutLogFile=".\\logs\\stdout" hostingModel="inprocess" />
    </system.webServer>
  </location>
</configuration>
"""

if len(sys.argv) != 2:
    sys.exit(__doc__)
main(Path(sys.argv[1]))
