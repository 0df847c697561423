#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Somebody copies another state of a database over its file (cp: the same inode) while a connection in WAL mode has it
# open. One expects SQLite to notice, or the result to be damaged in a way that a check finds. SQLite (3.40.0 in APSW
# 3.40.0.0, 3.50.4 in APSW 3.50.4.0) notices nothing: PRAGMA data_version stays, commits succeed, and when the connection
# closes, its pages go into the new file. What is left holds rows of both states, and PRAGMA integrity_check calls it ok.
# In rollback mode (delete) it depends: the header's change counter is all that is compared, so a copy that had as many
# transactions is not noticed either, one that had more is, and then nothing mixes.
# What it means: a program that keeps a user's GeoPackage open in WAL mode has to watch the file itself. A change of its
# size or time without a change of the WAL-index's nBackfill (https://sqlite.org/walformat.html) is no checkpoint.
. "$(dirname "$0")/common.sh"

cat >overwrite.py <<'PY'
import os
import shutil
import apsw

def fresh(name, text):
    base = apsw.Connection(name)
    base.execute("CREATE TABLE outlines (x)")
    with base:
        for i in range(200):
            base.execute("INSERT INTO outlines VALUES (?)", (f"{text} {i} " + 300 * "x",))
    base.close()

print("SQLite", apsw.sqlitelibversion())
for mode, more in (("wal", 0), ("wal", 1), ("delete", 0), ("delete", 1)):
    for name in ("open.db", "other.db"):
        if os.path.exists(name):
            os.remove(name)
    fresh("open.db", "old")
    shutil.copy("open.db", "other.db")
    other = apsw.Connection("other.db")
    for i in range(1 + more):
        other.execute(f"UPDATE outlines SET x = 'new {i} ' || rowid")
    other.close()
    mine = apsw.Connection("open.db")
    mine.execute("PRAGMA journal_mode=" + mode).fetchall()
    mine.execute("INSERT INTO outlines VALUES ('edit')")
    before = mine.execute("PRAGMA data_version").fetchall()[0][0]
    with open("other.db", "rb") as source, open("open.db", "wb") as target:  # as cp does
        target.write(source.read())
    noticed = mine.execute("PRAGMA data_version").fetchall()[0][0] != before
    mine.execute("INSERT INTO outlines VALUES ('later edit')")
    mine.close()
    left = apsw.Connection("open.db")
    check = left.execute("PRAGMA integrity_check").fetchall()[0][0]
    new, old = left.execute("SELECT SUM(x LIKE 'new%'), SUM(x LIKE 'old%') FROM outlines").fetchall()[0]
    left.close()
    print(f"{mode}, {more} more transactions: noticed {noticed}, integrity_check {check}, rows of both states {new > 0 and old > 0}")
PY
for version in 3.40.0.0 3.50.4.0; do
    pip_install "env-$version" "apsw==$version"
    "env-$version/bin/python" overwrite.py | tee "seen-$version"
    for unnoticed in "wal, 0" "wal, 1" "delete, 0"; do
        as_described "$unnoticed more transactions: rows of two states are mixed, unnoticed, and called ok" grep -qx \
            "$unnoticed more transactions: noticed False, integrity_check ok, rows of both states True" "seen-$version"
    done
    as_described "in rollback mode a copy with more transactions is noticed and nothing is mixed" \
        grep -q '^delete, 1 more transactions: noticed True, .*rows of both states False$' "seen-$version"
done
