// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"

#include <QString>

#include <optional>
#include <vector>

// What is known of outlines besides their attributes, as the inspector lists it.
namespace nunatak::ui::layers {

struct Fact {
    QString label;
    QString value; ///< empty: unknown, and no row
    bool isId = false;
};

/// The labels of rows that are filled later.
QString areaLabel();
QString confidenceLabel();
/// Of one that may be filled in instead.
QString dateLabel();

/// `area` in m², of a line its length in m, geodesic, none where it is still being measured; `scene` is the
/// name of the outline's scene.
std::vector<Fact> factsOf(const outlines::Outline& outline, std::optional<double> area, const QString& scene,
                          outlines::Review review);
/// Of several: how many are in which state, sums, spans, and what is the same of all. `area` of all together;
/// `scene` is that of all, empty where they differ.
std::vector<Fact> factsOf(const std::vector<outlines::OutlineHandle>& outlines, std::optional<double> area,
                          const QString& scene);

} // namespace nunatak::ui::layers
