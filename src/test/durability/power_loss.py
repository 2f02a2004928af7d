"""Fills a spool on a disk that logs its writes, replays the log up to random points, and judges what is left.
Started by power-loss.sh in a mount name space of its own: power_loss.py HOME CLASSES CUTS SEED"""

import os
import random
import re
import shutil
import struct
import subprocess
import sys
import time

HOME, CLASSES, CUTS, SEED = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
SIZE = 64 << 20
PICTURES = 150
HEAD = struct.Struct("=cQQ")


def at(name):
    return os.path.join(HOME, name)


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def java(main, *args, **options):
    return subprocess.Popen(
        ["java", "-XX:TieredStopAtLevel=1", "-cp", CLASSES, "io.edgecam.storage." + main, *args], text=True, **options)


def record():
    """Fills the spool; returns for each acknowledged picture the length of the log at that moment, and all it said."""
    with open(at("image"), "wb") as image:
        image.truncate(SIZE)
    run("mkfs.ext4", "-q", "-F", "-m", "0", at("image"))
    shutil.copyfile(at("image"), at("start"))
    os.mkdir(at("fuse"))
    os.mkdir(at("disk"))
    disk = subprocess.Popen([at("faulty-disk"), at("image"), at("log"), at("broken"), at("fuse"), "-f"])
    while not os.path.exists(at("fuse/disk")):
        time.sleep(0.05)
    loop = run("losetup", "--show", "-f", at("fuse/disk"))
    said = []
    try:
        run("mount", loop, at("disk"))
        mill = java("PictureMill", at("disk/spool"), "1", str(PICTURES), "5000000", "60", "OVERWRITE_OLDEST",
                    stdout=subprocess.PIPE)
        for line in mill.stdout:
            if re.match("(spooled|dropped) ", line):
                said.append((os.stat(at("log")).st_size, line))
        mill.wait()
        end = os.stat(at("log")).st_size
        run("umount", at("disk"))
    finally:
        run("losetup", "-d", loop)
        run("fusermount3", "-u", at("fuse"))
        disk.wait()
    return said, end


def read_log():
    with open(at("log"), "rb") as log:
        data = log.read()
    records, position = [], 0
    while position < len(data):
        kind, offset, length = HEAD.unpack_from(data, position)
        length = length if kind == b"W" else 0
        body = position + HEAD.size
        records.append((kind, offset, data[body:body + length], position))
        position = body + length
    return records


def rebuild(records, cut, drop, chance):
    """The disk after the first `cut` records; of those after the last flush some may be missing."""
    flushes = [i for i in range(cut) if records[i][0] == b"F"]
    safe = flushes[-1] if flushes else -1
    with open(at("start"), "rb") as start:
        disk = bytearray(start.read())
    for i in range(cut):
        kind, offset, body, _ = records[i]
        if kind == b"W" and not (drop and i > safe and chance.random() < 0.5):
            disk[offset:offset + len(body)] = body
    with open(at("cut"), "wb") as image:
        image.write(disk)


def judge(said, moment):
    """What the judge says of the disk, told only what was acknowledged before the cut. Pictures that were dropped by then
    or in the moment of the cut are owed no more."""
    told = "".join(line for position, line in said if position <= moment or line.startswith("dropped"))
    process = java("SpoolJudge", at("after/spool"), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    answer = process.communicate(told)[0]
    numbers = re.search(r"acknowledged (\d+).*lost (\d+), damaged (\d+)", answer)
    return [int(number) for number in numbers.groups()]


def main():
    chance = random.Random(SEED)
    said, end = record()
    records = read_log()
    within = [i for i, one in enumerate(records) if one[3] < end]
    first = min(position for position, _ in said)
    late = [i for i in within if records[i][3] >= first]
    flushes = sum(one[0] == b"F" for one in records)
    print(f"recorded: {sum(line.startswith('spooled') for _, line in said)} pictures acknowledged,"
          f" {len(records) - flushes} writes, {flushes} flushes", flush=True)
    os.mkdir(at("after"))
    lost = damaged = unmountable = with_loss = 0
    for number in range(CUTS):
        cut = chance.choice(late if number % 4 else within)
        rebuild(records, cut, number % 2 == 1, chance)
        if subprocess.run(["mount", "-o", "loop", at("cut"), at("after")], capture_output=True).returncode:
            unmountable += 1
            continue
        try:
            if not os.path.isdir(at("after/spool")):
                gone = sum(line.startswith("spooled") and position <= records[cut][3] for position, line in said)
                lost, with_loss = lost + gone, with_loss + (gone > 0)
                continue
            _, lost_now, damaged_now = judge(said, records[cut][3])
        finally:
            run("umount", at("after"))
        lost, damaged, with_loss = lost + lost_now, damaged + damaged_now, with_loss + (lost_now > 0)
    print(f"seed {SEED}: {CUTS} cuts, {with_loss} with a loss, {lost} acknowledged pictures lost, {damaged} damaged,"
          f" {unmountable} disks that could not be mounted")
    return 1 if lost or damaged or unmountable else 0


sys.exit(main())
