// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace nunatak::editing {

/// "0.4 m²", "12 m²", "0.312 km²": within a sentence.
std::string areaWords(double squareMetres);

} // namespace nunatak::editing
