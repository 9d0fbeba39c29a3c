"""Prints what a wheel requires, one requirement a line for pip, without torch and its companions and without extras.

vLLM's CPU wheel asks for torch==2.13.0+cpu, a build that the registry does not have, and for torchcodec, which needs
FFmpeg and is used for video only. Environment markers are left in place: pip decides about them.

    python wheel_requirements.py WHEEL
"""

import email
import re
import sys
import zipfile

LEFT_OUT = {"torch", "torchvision", "torchaudio", "torchcodec"}


def requirements(wheel):
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        metadata = email.message_from_bytes(archive.read(name))
    for line in metadata.get_all("Requires-Dist", []):
        package = re.match(r"[A-Za-z0-9._-]+", line).group().lower()
        if package not in LEFT_OUT and "extra ==" not in line:
            yield line


if __name__ == "__main__":
    print("\n".join(requirements(sys.argv[1])))
