// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/faces.h"
#include "geo/polygon.h"

#include <QObject>
#include <QPointF>

#include <optional>
#include <string>
#include <vector>

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::divides {

/// Clicks on divides that are shown: they come here before any tool, and all others go on to it.
class DivideClicks : public QObject {
    Q_OBJECT

public:
    struct Divide {
        std::string uuid; ///< of the outline that it divides
        geo::Line line;   ///< project CRS
    };

    /// The viewport outlives this.
    explicit DivideClicks(viewport::Viewport& view);

    void setDivides(std::vector<Divide> divides);

Q_SIGNALS:
    /// `place` is on the divide.
    void clicked(const std::string& uuid, const nunatak::geo::Point& place);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Hit {
        std::string uuid;
        geo::Point place;
    };
    std::optional<Hit> hit(QPointF position) const;

    viewport::Viewport& m_view;
    std::vector<Divide> m_divides;
    std::vector<geo::Extent> m_extents; ///< of their lines
    std::optional<Hit> m_pressed;
};

} // namespace nunatak::ui::divides
