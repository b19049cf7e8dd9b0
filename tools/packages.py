"""Packages of npm and PyPI, fetched by their ordinary clients and held against their checksums."""
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

# What an apphost has in place of the name of its dll.
PLACEHOLDER = hashlib.sha256(b"foobar").hexdigest().encode()


def npm(package, name, digest, folder):
    """The archive of a package, as `npm pack` fetches it into `folder`."""
    return fetch(["npm", "pack", "--silent", package], folder, name, digest)


def pypi(package, name, digest, folder):
    """The wheel of a package, as `pip download` fetches it into `folder`."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
           "--only-binary=:all:", "-d", folder, package]
    return fetch(pip, folder, name, digest)


def fetch(command, folder, name, digest):
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    path = Path(folder, name)
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != digest:
        sys.exit(f"{name} is not the package that is expected: its checksum differs")
    return path


def unpack(archive, folder):
    """Unpacks an archive of npm; its files are below `folder/package`."""
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return Path(folder, "package")


def put(source, target, mode=0o644):
    """Copies a file, making the folders that it lies in."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(mode)


def link_tree(source, target):
    """The same files under another path, without taking up their space again."""
    shutil.copytree(source, target, copy_function=os.link)


def assemble(destination, recipe, make):
    """Lets `make` fill a folder that then takes the place of `destination`; one of the same recipe is left as it is."""
    destination = Path(destination).absolute()
    mark = destination / ".assembled"
    if mark.is_file() and mark.read_text() == recipe:
        print(f"up to date: {destination}")
        return
    new = destination.with_name(destination.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    make(new)
    (new / ".assembled").write_text(recipe)
    shutil.rmtree(destination, ignore_errors=True)
    new.rename(destination)
    print(f"assembled: {destination}")
