// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "ui/viewport/every_move.h"

#include <QObject>
#include <QPointF>

#include <optional>

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::review {

/// A region on the ground that a hand draws around in one drag, and the line that shows it. While it waits
/// for the drag the left button is its own; Esc and the right button give up.
class RegionDrawing : public QObject {
    Q_OBJECT

public:
    explicit RegionDrawing(viewport::Viewport& view);

    void begin();
    bool isWaiting() const { return m_isWaiting; }
    /// The hand does something else.
    void giveUp();
    /// Nothing is drawn any more, and the line goes.
    void clear();
    void show(const geo::MultiPolygon& region);

Q_SIGNALS:
    void drawn(const geo::MultiPolygon& region);
    void givenUp();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void add(QPointF position);
    void end(bool isDone);

    viewport::Viewport& m_view;
    geo::Ring m_line;
    QPointF m_last;
    bool m_isWaiting = false;
    std::optional<viewport::EveryMove> m_held; ///< while the button is
};

} // namespace nunatak::ui::review
