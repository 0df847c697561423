// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <QPointF>
#include <Qt>

#include <memory>

namespace nunatak::ui::viewport {

/// Where the pointer is, in pixels and on the ground.
struct PointerEvent {
    QPointF position;          ///< widget coordinates
    geo::Point map;            ///< project CRS
    double elevation = 0;      ///< metres
    double metresPerPixel = 1; ///< on the ground, at the pointer
    Qt::KeyboardModifiers modifiers;
};

/// One drag, from press to release; its lifetime is the state. Destroyed without end(): as if cancelled.
class Gesture {
public:
    virtual ~Gesture() = default;
    virtual void update(const PointerEvent& event) = 0;
    virtual void end(const PointerEvent& event) = 0;
    virtual void cancel() = 0; ///< puts everything back
};

/// What the left button does on the ground. A press that returns no gesture is the camera's.
class Tool {
public:
    virtual ~Tool() = default;
    virtual std::unique_ptr<Gesture> press(const PointerEvent& event) = 0;
    /// The pointer moved with no button held; returns the cursor to show, or none for the usual one.
    virtual void hover(const PointerEvent& event) = 0;
};

} // namespace nunatak::ui::viewport
