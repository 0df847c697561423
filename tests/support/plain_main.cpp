// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/plain_test.h"

#include <cstdio>
#include <exception>

// Runs plain tests where there is no Qt; with a name as argument, that test alone.
int main(int argumentCount, char** arguments) {
    const std::string only = argumentCount > 1 ? arguments[1] : "";
    int passed = 0;
    int failed = 0;
    int skipped = 0;
    for (const auto& test : nunatak::tests::plainTests()) {
        if (!only.empty() && only != test.name) {
            continue;
        }
        try {
            test.run();
            ++passed;
            std::printf("PASS   %s\n", test.name);
        } catch (const nunatak::tests::Skipped& reason) {
            ++skipped;
            std::printf("SKIP   %s: %s\n", test.name, reason.what());
        } catch (const std::exception& error) {
            ++failed;
            std::printf("FAIL   %s: %s\n", test.name, error.what());
        }
        std::fflush(stdout);
    }
    std::printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped);
    return failed == 0 && passed + skipped > 0 ? 0 : 1;
}
