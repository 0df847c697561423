// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "terrain/drape_style.h"

#include <QString>

namespace nunatak::ui {

/// The style of this name, else the scene's first composite, else its first band in grey.
terrain::DrapeStyle chooseStyle(const scene::Scene& scene, const QString& wanted);

} // namespace nunatak::ui
