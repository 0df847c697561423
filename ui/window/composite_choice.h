// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "terrain/terrain.h"

#include <QString>

namespace nunatak::ui {

/// The composite of this name, else the scene's first, else its first band in grey.
terrain::Composite chooseComposite(const scene::Scene& scene, const QString& wanted);

} // namespace nunatak::ui
