// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figure/color_scale.h"
#include "ui/terrain/drape_style.h"

#include <QString>
#include <QWidget>

#include <optional>

class QIcon;

namespace nunatak::ui::marginalia {

/// What the colours in the view mean, under the name of what they show.
struct NamedLegend {
    QString name;
    terrain::Legend legend;
};

/// What the colours of a picture mean: the map from its lowest to its highest value, with numbers below.
class ColorBar : public QWidget {
    Q_OBJECT

public:
    explicit ColorBar(QWidget* parent = nullptr);

    /// Hides itself when there is nothing to tell.
    void setLegend(const std::optional<terrain::Legend>& legend);
    const std::optional<terrain::Legend>& legend() const { return m_legend; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::optional<terrain::Legend> m_legend;
};

/// A legend as it is painted.
figure::ColorScale colorScale(const NamedLegend& legend);
/// A colour map, small.
QIcon colorMapSwatch(const std::string& name);

} // namespace nunatak::ui::marginalia
