// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace nunatak::prediction {

/// How outlines are drawn around pixels.
enum class OutlineForm {
    Smoothed, ///< within half a pixel of the pixels' edges (smoothed_arc.h); areas and pixels stay the same
    Raw       ///< along the pixels' edges
};

/// As runs keep it: "smoothed" or "raw".
inline const char* toString(OutlineForm form) {
    return form == OutlineForm::Raw ? "raw" : "smoothed";
}

} // namespace nunatak::prediction
