// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/place.h"
#include "ui/tools/proposal.h"
#include "ui/tools/scene.h"

#include <Qt>

#include <memory>
#include <optional>

namespace nunatak::ui::tools {

/// One drag. Its lifetime is its state: what it said last is done when the button is released, nothing when
/// it is destroyed before.
class Gesture {
public:
    virtual ~Gesture() = default;
    /// With the pointer here; called for each move, the last time for the release.
    virtual Proposal at(const Place& place) = 0;
};

/// What a tool shows of a pointer that rests.
struct Hover {
    std::optional<geo::VertexId> vertex;      ///< of the selected outline: a press takes it
    Qt::CursorShape cursor = Qt::ArrowCursor; ///< CrossCursor: one whose middle is open
};

/// What the left button does. A tool is asked and answers; it calls nobody. The scene is that of this moment.
class Tool {
public:
    virtual ~Tool() = default;
    /// A drag that begins here; null: the camera's.
    virtual std::unique_ptr<Gesture> press(const Place&, const Scene&) { return nullptr; }
    /// A press and a release in one place, also of a gesture that did not move.
    virtual Proposal click(const Place&, const Scene&) { return {}; }
    /// None: the camera's.
    virtual std::optional<Proposal> doubleClick(const Place&, const Scene&) { return std::nullopt; }
    virtual Hover hover(const Place&, const Scene&) { return {}; }
    /// One step back within the tool; none: there is none, and the host goes back itself.
    virtual std::optional<Proposal> back(const Scene&) { return std::nullopt; }
};

} // namespace nunatak::ui::tools
