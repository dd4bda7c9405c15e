"""What a worker tries once a file has taken it over; run inside a confined process."""

PROGRAM = r"""
import ctypes, json, os, resource, socket, subprocess, sys, threading, time
from pathlib import Path
from crawler.confinement import Limits, confine

secret = Path(os.environ.get("HOME", "/root"))
held = confine(Limits(768 * 1024**2, file_bytes=1024**2, programs=("pdftotext",)))
libc = ctypes.CDLL(None, use_errno=True)

def raw(number, *arguments):
    if libc.syscall(number, *arguments) < 0:
        raise OSError(ctypes.get_errno(), "raw")

def fill_memory_file():
    descriptor = os.memfd_create("x")
    for _ in range(4):
        os.write(descriptor, bytes(600_000))

tries = {
    "tcp": lambda: socket.socket(),
    "tcp6": lambda: socket.socket(socket.AF_INET6),
    "udp": lambda: socket.socket(type=socket.SOCK_DGRAM),
    "unix": lambda: socket.socket(socket.AF_UNIX),
    "netlink": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
    "name": lambda: socket.getaddrinfo("localhost.invalid", 80),
    "io_uring": lambda: raw(425, 8, ctypes.byref((ctypes.c_char * 120)())),
    "fork": os.fork,
    "shell": lambda: subprocess.run(["/bin/sh", "-c", "true"], stdin=0),
    "python": lambda: subprocess.run([sys.executable, "-c", "1"], stdin=0),
    "session": os.setsid,
    "kill parent": lambda: os.kill(os.getppid(), 0),
    "kill all": lambda: os.kill(-1, 0),
    "kill group": lambda: os.kill(0, 0),
    "trace": lambda: raw(101 if os.uname().machine == "x86_64" else 117, 16, os.getppid(), 0, 0),
    "secrets of parent": lambda: open(f"/proc/{os.getppid()}/environ").read(),
    "password file": lambda: open("/etc/passwd").read(),
    "home": lambda: os.listdir(secret),
    "database": lambda: os.listdir("var"),
    "temporary": lambda: open("/tmp/oit-hostile-probe", "w"),
    "own code": lambda: open("crawler/__init__.py", "a"),
    "remove": lambda: os.unlink("/tmp/oit-hostile-probe"),
    "memory": lambda: bytearray(1024**3),
    "memory file": fill_memory_file,
    "raise limit": lambda: resource.setrlimit(resource.RLIMIT_AS, (-1, -1)),
    "namespace": lambda: raw(272 if os.uname().machine == "x86_64" else 97, 0x10000000),
    "pdftotext": lambda: subprocess.run(["pdftotext", "-v"], stdin=0, capture_output=True).check_returncode(),
    "thread": lambda: threading.Thread(target=time.sleep, args=(0,)).start(),
}
told = {"missing": "; ".join(held.missing)}
for name, attempt in tries.items():
    try:
        attempt()
    except BaseException as error:
        told[name] = type(error).__name__
    else:
        told[name] = "done"
print(json.dumps(told))
"""
