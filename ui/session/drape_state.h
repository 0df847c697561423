// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terrain/drape_style.h"

#include <QJsonObject>

namespace nunatak::ui::session {

/// How the ground is painted, as a project keeps it.
QJsonObject toJson(const terrain::DrapeStyle& style);
/// What is missing or damaged is as in a new one.
terrain::DrapeStyle drapeFromJson(const QJsonObject& object);

/// What the scene can be painted with that is nearest to what is wanted: the same bands if it has them, else
/// its first composite, else its first band in grey; light, contours, stretch and overlay as wanted.
terrain::DrapeStyle drapeFor(const scene::Scene& scene, const terrain::DrapeStyle& wanted);
/// The same with another choice of what is painted: light, contours, stretch and overlay stay.
terrain::DrapeStyle withKind(terrain::DrapeStyle style, const terrain::DrapeStyle& kind);

} // namespace nunatak::ui::session
