// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "terrain/drape_style.h"

#include <QString>
#include <QWidget>

#include <optional>

class QIcon;
class QPainter;

namespace nunatak::ui {

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

/// Paints a bar with its three numbers into `frame`, in the painter's units; text in the painter's pen.
void paintColorBar(QPainter& painter, const QRectF& frame, const terrain::Legend& legend);
/// A value as a legend writes it: with as many decimals as its range needs.
QString legendNumber(double value, const terrain::Legend& legend);
/// A colour map, small.
QIcon colorMapSwatch(const std::string& name);

} // namespace nunatak::ui
