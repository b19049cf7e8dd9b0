#!/usr/bin/env python3
"""Compiles C# with Roslyn, which pythonnet drives in a .NET of tools/assemble-dotnet: no SDK is needed.

usage: tools/csharp.py ROSLYN DOTNET_ROOT OUT.dll PLATFORM SOURCE REFERENCES...

ROSLYN is a folder with Microsoft.CodeAnalysis.dll and Microsoft.CodeAnalysis.CSharp.dll, PLATFORM one of AnyCpu, X86,
X64, Arm64, REFERENCES are folders of assemblies. PYTHONPATH must have pythonnet.
"""
import json
import sys
import tempfile
from pathlib import Path


def runtime(dotnet_root, folder):
    """A runtimeconfig.json for the newest .NET of the root."""
    versions = sorted(path.name for path in Path(dotnet_root, "shared", "Microsoft.NETCore.App").iterdir())
    framework = {"name": "Microsoft.NETCore.App", "version": versions[-1]}
    options = {"framework": framework, "configProperties": {"System.Globalization.Invariant": True}}
    path = Path(folder, "compiler.runtimeconfig.json")
    path.write_text(json.dumps({"runtimeOptions": options}))
    return str(path)


def main(roslyn, dotnet_root, out, platform, source, *references):
    with tempfile.TemporaryDirectory() as folder:
        from pythonnet import load
        load("coreclr", runtime_config=runtime(dotnet_root, folder), dotnet_root=dotnet_root)
        import clr
        for name in ("Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp"):
            clr.AddReference(str(Path(roslyn, name + ".dll").absolute()))
        compile(out, platform, source, references)


def compile(out, platform, source, references):
    from Microsoft.CodeAnalysis import MetadataReference, OptimizationLevel, OutputKind, Platform, SyntaxTree
    from Microsoft.CodeAnalysis.CSharp import CSharpCompilation, CSharpCompilationOptions, CSharpSyntaxTree
    from System.Collections.Generic import List
    from System.IO import File, MemoryStream
    trees, assemblies = List[SyntaxTree](), List[MetadataReference]()
    trees.Add(CSharpSyntaxTree.ParseText(Path(source).read_text()))
    for file in sorted(path for folder in references for path in Path(folder).glob("*.dll")):
        if is_assembly(str(file)):
            assemblies.Add(MetadataReference.CreateFromFile(str(file)))
    options = CSharpCompilationOptions(OutputKind.ConsoleApplication).WithDeterministic(True)
    options = options.WithOptimizationLevel(OptimizationLevel.Release).WithPlatform(getattr(Platform, platform))
    compiled = MemoryStream()
    result = CSharpCompilation.Create(Path(out).stem, trees, assemblies, options).Emit(compiled)
    if not result.Success:
        sys.exit("\n".join(d.ToString() for d in result.Diagnostics if str(d.Severity) == "Error"))
    File.WriteAllBytes(out, compiled.ToArray())


def is_assembly(file):
    """Native libraries lie among the assemblies of a shared framework."""
    from System import BadImageFormatException
    from System.Reflection import AssemblyName
    try:
        AssemblyName.GetAssemblyName(file)
        return True
    except BadImageFormatException:
        return False


if len(sys.argv) < 7:
    sys.exit(__doc__)
main(*sys.argv[1:])
