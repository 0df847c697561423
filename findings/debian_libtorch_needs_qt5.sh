#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# One expects a library of tensors to need numbers. Debian 12's LibTorch (libtorch1.13 1.13.1+dfsg-4, a processor-only
# build) is linked against OpenCV's HighGUI, the module that shows windows, and that in turn (libopencv-highgui406
# 4.6.0+dfsg-12) against Qt 5.
# What it means: a Qt 6 program that links LibTorch directly has two Qts in one process and loads some 140 libraries
# more before its first window. Load what uses LibTorch as a module, when it is first needed.
. "$(dirname "$0")/common.sh"

command -v apt-get >/dev/null || not_run "this is about Debian packages"
for package in libtorch1.13=1.13.1+dfsg-4 libopencv-highgui406=4.6.0+dfsg-12; do
    apt-get download -q "$package" >apt.txt 2>&1 || not_run "$package could not be fetched"
    dpkg-deb -x "${package%%=*}"_*.deb . || not_run "$package could not be unpacked"
done
needed() { readelf -d usr/lib/*/$1 2>/dev/null | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'; }
needed 'libtorch_cpu.so*' | sort -u >torch.txt
needed 'libopencv_highgui.so.4*' | sort -u >highgui.txt
grep -h opencv torch.txt
grep -h Qt highgui.txt
as_described "libtorch_cpu needs OpenCV's HighGUI" grep -q libopencv_highgui torch.txt
as_described "HighGUI needs Qt 5" grep -q libQt5Widgets highgui.txt
