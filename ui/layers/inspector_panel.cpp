// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layers/inspector_panel.h"

#include "outlines/listed_name.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/base/panel_parts.h"
#include "ui/layers/attribute_form.h"

#include <QFontDatabase>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

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
    m_zoom->setToolTip(tr("Move the camera so that what is selected fills the view (F)"));
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
    m_attributes = owned<AttributeForm>();
    column->addWidget(m_attributes);
    column->addStretch(1);

    auto* inside = owned<QWidget>();
    auto* content = owned<QVBoxLayout>(inside);
    content->setContentsMargins(10, 8, 10, 8);
    content->addWidget(m_hint);
    content->addWidget(m_details, 1);

    makeScrolling(*this, inside);
    clear();
}

void InspectorPanel::showOutline(const outlines::Outline& outline, const QString& layer,
                                 std::optional<double> area, const QString& scene, outlines::Review review) {
    m_uuid = text(outline.uuid);
    m_heading->setText(text(outlines::listedName(outline)));
    m_layer->setText(tr("in layer %1").arg(layer));
    show({outlines::share(outline)}, factsOf(outline, area, scene, review));
}

void InspectorPanel::showSeveral(const std::vector<outlines::OutlineHandle>& outlines, const QString& layer,
                                 std::optional<double> area, const QString& scene) {
    m_uuid = severalKey();
    m_heading->setText(tr("%1 glaciers").arg(QLocale().toString(static_cast<qulonglong>(outlines.size()))));
    m_layer->setText(layer.isEmpty() ? tr("in several layers") : tr("in layer %1").arg(layer));
    show(outlines, factsOf(outlines, area, scene));
}

void InspectorPanel::show(const std::vector<outlines::OutlineHandle>& outlines,
                          const std::vector<Fact>& facts) {
    auto shown = facts;
    if (m_isEditable) {
        std::erase_if(shown, [](const Fact& fact) { return fact.label == dateLabel(); });
    }
    setFacts(shown);
    QString key;
    for (const auto& outline : outlines) {
        key += text(outline->uuid) + QLatin1Char(' ');
    }
    m_attributes->show(attributeRows(outlines, m_isEditable), m_isEditable, key);
    m_hint->hide();
    m_details->show();
}

QString InspectorPanel::severalKey() {
    return QStringLiteral("several");
}

void InspectorPanel::showConfidence(const QString& uuid, const QString& confidence) {
    if (uuid == m_uuid && value(confidenceLabel()).isEmpty()) {
        setFact(m_rows.size(), {confidenceLabel(), confidence});
    }
}

void InspectorPanel::showArea(const QString& uuid, double area) {
    const auto row = std::find_if(m_rows.begin(), m_rows.end(),
                                  [](const Row& other) { return other.name->text() == areaLabel(); });
    if (uuid == m_uuid && row != m_rows.end()) {
        setFact(static_cast<std::size_t>(row - m_rows.begin()), {areaLabel(), areaText(area)});
    }
}

void InspectorPanel::setTakeable(bool takeable) {
    m_take->setVisible(takeable);
}

void InspectorPanel::clear() {
    m_uuid.clear();
    m_details->hide();
    m_hint->show();
    m_heading->clear();
}

QString InspectorPanel::value(const QString& label) const {
    const auto row = std::find_if(m_rows.begin(), m_rows.end(),
                                  [&label](const Row& other) { return other.name->text() == label; });
    if (m_uuid.isEmpty()) {
        return {};
    }
    return row != m_rows.end() ? row->field->property("value").toString() : m_attributes->value(label);
}

void InspectorPanel::setFacts(const std::vector<Fact>& facts) {
    std::size_t row = 0;
    for (const auto& fact : facts) {
        if (!fact.value.isEmpty()) {
            setFact(row++, fact);
        }
    }
    while (m_rows.size() > row) {
        m_rows.pop_back();
        m_form->removeRow(static_cast<int>(m_rows.size()));
    }
}

void InspectorPanel::setFact(std::size_t row, const Fact& fact) {
    if (row == m_rows.size()) {
        auto* name = owned<QLabel>();
        name->setForegroundRole(QPalette::PlaceholderText);
        name->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        auto* field = owned<QLabel>();
        field->setTextFormat(Qt::PlainText);
        field->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        field->setWordWrap(true);
        m_form->addRow(name, field);
        m_rows.push_back({name, field});
    }
    m_rows[row].name->setText(fact.label);
    m_rows[row].field->setProperty("value", fact.value);
    QString shown = fact.value;
    if (fact.isId) {
        // A UUID has no space to wrap at; zero-width ones after its hyphens let it.
        shown.replace(QLatin1Char('-'), QStringLiteral("-\u200b"));
    }
    m_rows[row].field->setText(shown);
}

} // namespace nunatak::ui::layers
