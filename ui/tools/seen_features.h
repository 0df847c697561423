// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "editing/neighbours.h"
#include "geo/polygon.h"
#include "outlines/outline.h"
#include "ui/tools/proposal.h"

#include <QString>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace nunatak::ui::tools {

/// A line along which somebody says what there is.
struct Stroke {
    geo::Ring line; ///< project CRS, from start to end
    bool isIce = true;
    bool operator==(const Stroke&) const = default;
};

/// What strokes are drawn over.
struct Scribble {
    std::vector<Stroke> strokes; ///< in the order in which they were drawn
    std::string layer;           ///< whose outlines change
    nunatak::editing::LayerSource layers{};
    nunatak::editing::Neighbours neighbours = nunatak::editing::Neighbours::Together;
    outlines::Outline like{}; ///< what is known of a glacier that is new
};
/// What a scribble comes to: an edit and what it is about. Any thread may ask.
using Correction = std::function<Proposal(const Scribble&)>;

/// What the chosen model sees of what is shown.
struct SeenFeatures {
    std::shared_ptr<const Correction> correction{}; ///< by these features; none: not yet, or there are none
    QString coming{};  ///< while the model looks: what is said meanwhile, such as "about 8 s left"
    QString missing{}; ///< why there are none, a sentence without full stop; empty: there are some
};

/// A scene that can let a model look at it. Of one that cannot tools of a model say so.
class FeatureSource {
public:
    virtual ~FeatureSource() = default;
    /// Of these places; empty: of the view. What is not known yet is computed without waiting for it; when it
    /// is there the tool is asked where it stands.
    virtual SeenFeatures features(const geo::Extent& places) const = 0;
};

} // namespace nunatak::ui::tools
