// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/crs.h"
#include "scribble/kept_strokes.h"
#include "scribble/view_features.h"
#include "ui/tools/seen_features.h"

#include <memory>

namespace nunatak::ui::editing {

/// Corrects the model by strokes in what it sees here, and keeps them in `kept`; `crs` is the project's.
tools::Correction correctionBy(std::shared_ptr<const scribble::ViewFeatures> view, geo::Crs crs,
                               scribble::StrokeLayers kept);

} // namespace nunatak::ui::editing
