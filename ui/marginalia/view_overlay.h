// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/true_north.h"
#include "ui/figure/outline_line.h"
#include "ui/marginalia/color_bar.h"

#include <QObject>

#include <optional>
#include <vector>

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::marginalia {

class Compass;
class LegendBox;
class OverviewMap;
class ScaleReadout;

/// What stands over the view, in its corners: north arrow, scale, what colours mean, and the overview map
/// while the view does not show the whole scene itself.
class ViewOverlay : public QObject {
    Q_OBJECT

public:
    explicit ViewOverlay(viewport::Viewport& viewport);

    /// The project's system; an empty one: nothing is shown.
    void setCrs(const geo::Crs& crs);
    /// Degrees clockwise from grid north to true north in the middle of the view.
    double trueNorth() const;
    void setLegends(const std::vector<NamedLegend>& legends);
    const std::vector<NamedLegend>& legends() const { return m_legends; }
    /// While a prediction runs, its tiles lie over the picture: what their colours mean.
    void setPredicting(bool isPredicting);
    /// How reviews of outlines are told from each other; none where nothing was reviewed.
    void setReviews(const std::vector<figure::LineSample>& reviews);
    const std::vector<figure::LineSample>& reviews() const { return m_reviews; }
    void setOverviewWanted(bool wanted);
    /// The terrain looks different now.
    void drawOverview();

Q_SIGNALS:
    void northRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showLegends();
    void refresh();
    void place();
    void refreshOverview();
    bool hasRoomForOverview() const;

    viewport::Viewport& m_viewport;
    Compass* m_compass;
    ScaleReadout* m_scale;
    OverviewMap* m_overview;
    LegendBox* m_legend;
    std::vector<NamedLegend> m_legends;
    std::vector<figure::LineSample> m_reviews;
    bool m_isPredicting = false;
    bool m_overviewWanted = true;
    std::optional<geo::TrueNorth> m_north;
};

} // namespace nunatak::ui::marginalia
