// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terrain/drape_style.h"

#include <QString>
#include <QWidget>

#include <optional>
#include <string>
#include <vector>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QSlider;
class QToolButton;

namespace nunatak::ui::marginalia {
class ColorBar;
} // namespace nunatak::ui::marginalia

namespace nunatak::ui::ground {

/// A raster that can be laid over the picture, as the list shows it.
struct OverlayRow {
    QString id;
    QString group;
    QString name;
    bool isRemovable = false; ///< the user added it
};

/// Which raster lies over the picture, and how: opacity, colours, the values they stand for.
class OverlayBox : public QWidget {
    Q_OBJECT

public:
    explicit OverlayBox(QWidget* parent = nullptr);

    /// Rows of one group stand together.
    void setOverlays(const std::vector<OverlayRow>& rows);
    /// The one that is shown (empty: none), and whether it has values that colours stand for.
    void setOverlay(const QString& id, bool hasColors);
    QString overlay() const;
    /// Of its values.
    void setUnit(const std::string& unit);
    void setStyle(const terrain::OverlayStyle& style);
    /// What its colours mean; none where there are none.
    std::optional<terrain::Legend> legend() const;

Q_SIGNALS:
    void styleChanged(const nunatak::ui::terrain::OverlayStyle& style);
    void chosen(const QString& id);
    /// Colours over the values that are in view.
    void fitRequested();
    void addRequested();
    void removeRequested(const QString& id);

private:
    void showStyle();
    void change(const terrain::OverlayStyle& style);

    std::vector<OverlayRow> m_rows;
    terrain::OverlayStyle m_style;
    std::string m_unit;
    bool m_hasColors = false;
    bool m_isShowing = false; ///< widgets are being set, nobody chose anything

    QFormLayout* m_form = nullptr;
    QComboBox* m_overlay = nullptr;
    QToolButton* m_remove = nullptr;
    QSlider* m_opacity = nullptr;
    QComboBox* m_overlayMap = nullptr;
    QWidget* m_rangeRow = nullptr;
    QDoubleSpinBox* m_low = nullptr;
    QDoubleSpinBox* m_high = nullptr;
    marginalia::ColorBar* m_overlayLegend = nullptr;
};

} // namespace nunatak::ui::ground
