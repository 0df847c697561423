// SPDX-License-Identifier: GPL-3.0-or-later
#include "nunatak/process_clock.h"

#include <ctime>
#include <fstream>
#include <sstream>
#include <string>
#include <unistd.h>

namespace nunatak {

double secondsSinceExec() {
    std::ifstream stream("/proc/self/stat");
    std::string line;
    std::getline(stream, line);
    // The program's name in parentheses may contain anything; the numbers follow the last one.
    const auto nameEnd = line.rfind(')');
    timespec now{};
    if (nameEnd == std::string::npos || clock_gettime(CLOCK_BOOTTIME, &now) != 0) {
        return -1;
    }
    std::istringstream fields(line.substr(nameEnd + 2));
    std::string field;
    constexpr int startTimeField = 20; // field 22 of proc(5), counted from the third
    for (int i = 0; i < startTimeField; ++i) {
        fields >> field;
    }
    const double started = std::stod(field) / static_cast<double>(sysconf(_SC_CLK_TCK));
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9 - started;
}

double peakResidentMebibytes() {
    std::ifstream stream("/proc/self/status");
    std::string word;
    while (stream >> word) {
        if (word == "VmHWM:") {
            double kibibytes = 0;
            stream >> kibibytes;
            return kibibytes / 1024;
        }
    }
    return -1;
}

} // namespace nunatak
