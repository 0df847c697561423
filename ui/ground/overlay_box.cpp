// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ground/overlay_box.h"

#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/ground/picture_widgets.h"
#include "ui/marginalia/color_bar.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QIcon>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include <algorithm>

namespace nunatak::ui::ground {

using marginalia::ColorBar;

OverlayBox::OverlayBox(QWidget* parent) : QWidget(parent) {
    m_form = owned<QFormLayout>(this);
    auto& form = *m_form;
    form.setContentsMargins(0, 0, 0, 0);
    form.setHorizontalSpacing(10);
    form.setVerticalSpacing(6);
    form.setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_overlay = narrowChoice(QStringLiteral("overlay"));
    auto* add = owned<QToolButton>();
    add->setObjectName(QStringLiteral("addOverlay"));
    add->setIcon(QIcon::fromTheme(QStringLiteral("list-add")));
    add->setToolTip(tr("Add a raster file or a map service"));
    add->setAutoRaise(true);
    m_remove = owned<QToolButton>();
    m_remove->setObjectName(QStringLiteral("removeOverlay"));
    m_remove->setIcon(QIcon::fromTheme(QStringLiteral("list-remove")));
    m_remove->setToolTip(tr("Take this raster off the list"));
    m_remove->setAutoRaise(true);
    auto* row = rowOf({m_overlay, add, m_remove});
    static_cast<QHBoxLayout*>(row->layout())->setStretch(0, 1);
    form.addRow(tr("Raster"), row);
    m_opacity = shareSlider(QStringLiteral("overlayOpacity"), tr("How much of the picture it hides"));
    form.addRow(tr("Opacity"), m_opacity);
    m_overlayMap = colorMapChoice(QStringLiteral("overlayColors"));
    form.addRow(tr("Colours"), m_overlayMap);
    const auto number = [](const QString& name, const QString& tip) {
        auto* box = owned<QDoubleSpinBox>();
        box->setObjectName(name);
        box->setRange(-1e9, 1e9);
        box->setDecimals(3);
        box->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
        box->setButtonSymbols(QAbstractSpinBox::NoButtons);
        box->setMinimumWidth(50); // its largest possible number would be wider than the panel
        box->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        box->setToolTip(tip);
        return box;
    };
    m_low = number(QStringLiteral("overlayLow"), tr("Value of the first colour"));
    m_high = number(QStringLiteral("overlayHigh"), tr("Value of the last colour"));
    auto* fit = owned<QToolButton>();
    fit->setObjectName(QStringLiteral("overlayFit"));
    fit->setIcon(QIcon::fromTheme(QStringLiteral("zoom-fit-best")));
    fit->setToolTip(tr("Spread the colours over the values that are in view"));
    fit->setAutoRaise(true);
    m_rangeRow = rowOf({m_low, m_high, fit});
    form.addRow(tr("From, to"), m_rangeRow);
    m_overlayLegend = owned<ColorBar>();
    m_overlayLegend->setObjectName(QStringLiteral("overlayLegend"));
    form.addRow(QString(), m_overlayLegend);

    connect(m_overlay, &QComboBox::activated, this, [this] { Q_EMIT chosen(overlay()); });
    connect(add, &QToolButton::clicked, this, &OverlayBox::addRequested);
    connect(m_remove, &QToolButton::clicked, this, [this] { Q_EMIT removeRequested(overlay()); });
    connect(m_opacity, &QSlider::valueChanged, this, [this](int percent) {
        auto style = m_style;
        style.opacity = percent / 100.0;
        change(style);
    });
    connect(m_overlayMap, &QComboBox::activated, this, [this] {
        auto style = m_style;
        style.colorMap = m_overlayMap->currentData().toString().toStdString();
        change(style);
    });
    const auto spread = [this] {
        auto style = m_style;
        style.low = m_low->value();
        style.high = m_high->value();
        change(style);
    };
    connect(m_low, &QDoubleSpinBox::valueChanged, this, spread);
    connect(m_high, &QDoubleSpinBox::valueChanged, this, spread);
    connect(fit, &QToolButton::clicked, this, &OverlayBox::fitRequested);
    showStyle();
}

void OverlayBox::setOverlays(const std::vector<OverlayRow>& rows) {
    const QString before = overlay();
    m_rows = rows;
    const QSignalBlocker quiet(m_overlay);
    m_overlay->clear();
    m_overlay->addItem(tr("None"), QString());
    QString group;
    for (const auto& row : rows) {
        if (row.group != group) {
            group = row.group;
            m_overlay->insertSeparator(m_overlay->count());
        }
        m_overlay->addItem(row.name, row.id);
        m_overlay->setItemData(m_overlay->count() - 1, row.group, Qt::ToolTipRole);
    }
    m_overlay->setCurrentIndex(std::max(0, m_overlay->findData(before)));
    showStyle();
}

void OverlayBox::setOverlay(const QString& id, bool hasColors) {
    m_overlay->setCurrentIndex(std::max(0, m_overlay->findData(id)));
    m_hasColors = hasColors;
    showStyle();
}

QString OverlayBox::overlay() const {
    return m_overlay->currentData().toString();
}

void OverlayBox::setUnit(const std::string& unit) {
    m_unit = unit;
    showStyle();
}

void OverlayBox::setStyle(const terrain::OverlayStyle& style) {
    m_style = style;
    showStyle();
}

std::optional<terrain::Legend> OverlayBox::legend() const {
    if (overlay().isEmpty() || !m_hasColors || m_style.opacity <= 0) {
        return std::nullopt;
    }
    return terrain::Legend{m_style.colorMap, m_style.low, m_style.high, m_unit};
}

/// Sets every widget as m_style has it, and shows those that have something to say.
void OverlayBox::showStyle() {
    m_isShowing = true;
    const QString id = overlay();
    const bool shown = !id.isEmpty();
    m_form->setRowVisible(m_opacity, shown);
    m_opacity->setValue(percentOf(m_style.opacity));
    m_form->setRowVisible(m_overlayMap, shown && m_hasColors);
    m_overlayMap->setCurrentIndex(m_overlayMap->findData(text(m_style.colorMap)));
    m_form->setRowVisible(m_rangeRow, shown && m_hasColors);
    m_low->setValue(m_style.low);
    m_high->setValue(m_style.high);
    m_overlayLegend->setLegend(legend());
    m_form->setRowVisible(m_overlayLegend, legend().has_value());
    m_remove->setEnabled(std::any_of(m_rows.begin(), m_rows.end(),
                                     [&](const OverlayRow& row) { return row.id == id && row.isRemovable; }));
    m_isShowing = false;
}

void OverlayBox::change(const terrain::OverlayStyle& style) {
    if (!m_isShowing && !(style == m_style)) {
        m_style = style;
        showStyle();
        Q_EMIT styleChanged(m_style);
    }
}

} // namespace nunatak::ui::ground
