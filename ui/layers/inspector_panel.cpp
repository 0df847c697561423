// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layers/inspector_panel.h"

#include "outlines/outline_name.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/base/panel_parts.h"

#include <QFontDatabase>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace nunatak::ui::layers {

InspectorPanel::InspectorPanel(QWidget* parent) : QWidget(parent) {
    m_heading = owned<QLabel>();
    m_heading->setObjectName(QStringLiteral("glacierName"));
    m_heading->setWordWrap(true);
    m_heading->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QFont bold = font();
    bold.setBold(true);
    bold.setPointSizeF(bold.pointSizeF() + 2);
    m_heading->setFont(bold);

    m_layer = owned<QLabel>();
    m_layer->setForegroundRole(QPalette::PlaceholderText);
    m_zoom = owned<QPushButton>(QIcon::fromTheme(QStringLiteral("zoom-fit-selection")), tr("Zoom"));
    m_zoom->setToolTip(tr("Move the camera so that this glacier fills the view (F)"));
    connect(m_zoom, &QPushButton::clicked, this, &InspectorPanel::zoomRequested);

    m_take = owned<QPushButton>(QIcon::fromTheme(QStringLiteral("document-edit")), tr("Take this outline"));
    m_take->setObjectName(QStringLiteral("takeOutlineHere"));
    m_take->setToolTip(tr("Bring this outline into the inventory, in the place of the one on the same ground "
                          "(K)"));
    m_take->hide();
    connect(m_take, &QPushButton::clicked, this, &InspectorPanel::takeRequested);

    m_hint = owned<QLabel>(tr("Click a glacier in the view to see what is known of it."));
    m_hint->setWordWrap(true);
    m_hint->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_hint->setForegroundRole(QPalette::PlaceholderText);

    m_form = owned<QFormLayout>();
    m_form->setContentsMargins(0, 4, 0, 0);
    m_form->setHorizontalSpacing(12);
    m_form->setVerticalSpacing(4);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->setRowWrapPolicy(QFormLayout::DontWrapRows);

    auto* line = owned<QHBoxLayout>();
    line->addWidget(m_layer, 1);
    line->addWidget(m_zoom);

    m_details = owned<QWidget>();
    auto* column = owned<QVBoxLayout>(m_details);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_heading);
    column->addLayout(line);
    column->addWidget(m_take);
    column->addLayout(m_form);
    column->addStretch(1);

    auto* inside = owned<QWidget>();
    auto* content = owned<QVBoxLayout>(inside);
    content->setContentsMargins(10, 8, 10, 8);
    content->addWidget(m_hint);
    content->addWidget(m_details, 1);

    makeScrolling(*this, inside);
    clear();
}

void InspectorPanel::showOutline(const outlines::Outline& outline, const QString& layer, double area,
                                 const QString& scene, outlines::Review review) {
    removeRows();
    m_uuid = text(outline.uuid);
    const auto name = outlines::nameOf(outline);
    m_heading->setText(name.empty() ? tr("Unnamed glacier") : text(name));
    m_layer->setText(tr("in layer %1").arg(layer));
    addRow(tr("Review"), reviewText(review));
    if (outline.origin != outlines::Origin::Unknown || outline.isChanged) {
        const auto origin = text(outlines::toString(outline.origin));
        addRow(tr("Origin"), !outline.isChanged ? origin
                             : origin.isEmpty() ? tr("changed by hand")
                                                : tr("%1, changed by hand").arg(origin));
    }
    addRow(tr("Analyst"), text(outline.analyst));
    addRow(tr("Area"), areaText(area));
    addRow(tr("Source date"), outline.srcDate.empty() ? tr("unknown") : text(outline.srcDate));
    addRow(tr("Sensor"), outline.sensor.empty() ? tr("unknown") : text(outline.sensor));
    addRow(tr("Scene"), scene);
    addRow(tr("Model"), text(outline.model));
    if (!outline.model.empty()) {
        addRow(tr("Threshold"), QLocale().toString(outline.threshold, 'g', 3));
    }
    addRow(tr("Vertices"), QLocale().toString(static_cast<qulonglong>(geo::vertexCount(outline.geometry))));
    addRow(tr("UUID"), text(outline.uuid), true);
    for (const auto& [key, value] : outline.attributes) {
        addRow(text(key), text(value.text()));
    }
    m_hint->hide();
    m_details->show();
}

void InspectorPanel::showConfidence(const QString& uuid, const QString& confidence) {
    if (uuid == m_uuid && value(tr("Confidence")).isEmpty()) {
        addRow(tr("Confidence"), confidence);
    }
}

void InspectorPanel::setTakeable(bool takeable) {
    m_take->setVisible(takeable);
}

void InspectorPanel::clear() {
    removeRows();
    m_uuid.clear();
    m_heading->clear();
    m_details->hide();
    m_hint->show();
}

QString InspectorPanel::value(const QString& label) const {
    for (int row = 0; row < m_form->rowCount(); ++row) {
        const auto* name = qobject_cast<QLabel*>(m_form->itemAt(row, QFormLayout::LabelRole)->widget());
        const auto* field = qobject_cast<QLabel*>(m_form->itemAt(row, QFormLayout::FieldRole)->widget());
        if (name != nullptr && field != nullptr && name->text() == label) {
            return field->property("value").toString();
        }
    }
    return {};
}

void InspectorPanel::addRow(const QString& label, const QString& value, bool monospace) {
    if (value.isEmpty()) {
        return;
    }
    auto* name = owned<QLabel>(label);
    name->setForegroundRole(QPalette::PlaceholderText);
    name->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto* field = owned<QLabel>(value);
    field->setProperty("value", value);
    field->setTextFormat(Qt::PlainText);
    field->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    field->setWordWrap(true);
    if (monospace) {
        // A UUID has no space to wrap at; zero-width ones after its hyphens let it.
        QString wrapped = value;
        field->setText(wrapped.replace(QLatin1Char('-'), QStringLiteral("-\u200b")));
    }
    m_form->addRow(name, field);
}

void InspectorPanel::removeRows() {
    while (m_form->rowCount() > 0) {
        m_form->removeRow(0);
    }
}

} // namespace nunatak::ui::layers
