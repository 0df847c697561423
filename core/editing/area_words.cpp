// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/area_words.h"

#include <cmath>
#include <iomanip>
#include <sstream>

namespace nunatak::editing {

std::string areaWords(double squareMetres) {
    const double size = std::abs(squareMetres);
    std::ostringstream words;
    words << std::fixed;
    if (size >= 10'000) {
        words << std::setprecision(3) << squareMetres / 1e6 << " km²";
    } else if (size >= 10) {
        words << std::setprecision(0) << squareMetres << " m²";
    } else {
        words << std::setprecision(size >= 0.1 ? 1 : 6) << squareMetres << " m²";
    }
    return words.str();
}

} // namespace nunatak::editing
