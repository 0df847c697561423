// SPDX-License-Identifier: GPL-3.0-or-later
// Part of every test program under AddressSanitizer: libraries that were loaded stay loaded. LeakSanitizer
// looks at the end, when graphics drivers and plugins of Qt are gone already; what their own variables still
// pointed to would be taken for lost, in a module without a name, which no suppression can name.

extern "C" int dlclose(void* /*library*/) {
    return 0;
}
