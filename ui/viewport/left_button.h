// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <QPointF>
#include <Qt>

#include <memory>

namespace nunatak::ui::viewport {

/// Where the pointer is, in pixels and on the ground.
struct PointerEvent {
    QPointF position;          ///< in the picture, which is one of two where scenes stand side by side
    QPointF inView;            ///< in the widget
    geo::Point map;            ///< project CRS
    double elevation = 0;      ///< metres
    double metresPerPixel = 1; ///< on the ground, at the pointer
    Qt::KeyboardModifiers modifiers;
};

/// One drag, from press to release; its lifetime is the state. Destroyed without end(): as if cancelled.
class LeftDrag {
public:
    virtual ~LeftDrag() = default;
    /// The pointer passed here on its way to where update() or end() will be asked next, with nothing painted
    /// in between: several times a frame, so it must cost next to nothing.
    virtual void pass(const PointerEvent& event) { static_cast<void>(event); }
    virtual void update(const PointerEvent& event) = 0;
    virtual void end(const PointerEvent& event) = 0;
    virtual void cancel() = 0; ///< puts everything back
};

/// What the left button does on the ground. A press that returns no drag is the camera's.
class LeftButton {
public:
    virtual ~LeftButton() = default;
    virtual std::unique_ptr<LeftDrag> press(const PointerEvent& event) = 0;
    /// The second press of two; false: the camera's.
    virtual bool doubleClick(const PointerEvent&) { return false; }
    /// The pointer moved with no button held.
    virtual void hover(const PointerEvent& event) = 0;
};

} // namespace nunatak::ui::viewport
