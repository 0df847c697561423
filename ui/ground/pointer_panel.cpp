// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ground/pointer_panel.h"

#include "ui/base/owned.h"
#include "ui/base/panel_parts.h"

#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace nunatak::ui::ground {

namespace {

/// Ids and names of layers have no space to wrap at; a zero-width one lets them.
QString wrapping(QString words) {
    for (const auto* mark : {"-", "_", "."}) {
        words.replace(QLatin1String(mark), QLatin1String(mark) + QStringLiteral("\u200b"));
    }
    return words;
}

} // namespace

PointerPanel::PointerPanel(QWidget* parent) : QWidget(parent) {
    auto* inside = owned<QWidget>();
    auto* column = owned<QVBoxLayout>(inside);
    column->setContentsMargins(10, 8, 10, 8);
    column->setSpacing(4);
    m_hint = owned<QLabel>(tr("Move the pointer over the ground to read what is there."));
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    column->addWidget(m_hint);

    for (auto* section : {&m_place, &m_layers, &m_bands}) {
        *section = addSection(section == &m_place    ? QString()
                              : section == &m_layers ? tr("Outlines")
                                                     : tr("Bands"));
        column->addWidget(section->heading);
        column->addWidget(section->body);
    }
    column->addStretch(1);

    makeScrolling(*this, inside);
    clear();
}

PointerPanel::Section PointerPanel::addSection(const QString& title) {
    Section section;
    section.heading = sectionHeading(title);
    section.body = owned<QWidget>();
    section.form = owned<QFormLayout>(section.body);
    section.form->setContentsMargins(0, 0, 0, 0);
    section.form->setHorizontalSpacing(12);
    section.form->setVerticalSpacing(3);
    section.form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    return section;
}

void PointerPanel::fill(Section& section, const std::vector<NamedValue>& rows) {
    if (rows == section.rows) {
        return;
    }
    section.rows = rows;
    auto* form = section.form;
    while (form->rowCount() > static_cast<int>(rows.size())) {
        form->removeRow(form->rowCount() - 1);
    }
    while (form->rowCount() < static_cast<int>(rows.size())) {
        auto* name = owned<QLabel>();
        name->setForegroundRole(QPalette::PlaceholderText);
        name->setWordWrap(true);
        name->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        auto* value = owned<QLabel>();
        value->setTextFormat(Qt::PlainText);
        value->setWordWrap(true);
        value->setAlignment(Qt::AlignRight | Qt::AlignTop);
        form->addRow(name, value);
    }
    for (int row = 0; row < form->rowCount(); ++row) {
        const auto& [name, value] = rows[static_cast<std::size_t>(row)];
        qobject_cast<QLabel*>(form->itemAt(row, QFormLayout::LabelRole)->widget())->setText(wrapping(name));
        qobject_cast<QLabel*>(form->itemAt(row, QFormLayout::FieldRole)->widget())->setText(wrapping(value));
    }
    section.heading->setVisible(!rows.empty() && !section.heading->text().isEmpty());
    section.body->setVisible(!rows.empty());
}

void PointerPanel::setPlace(const std::vector<NamedValue>& place) {
    fill(m_place, place);
    m_hint->setVisible(place.empty());
}

void PointerPanel::setLayers(const std::vector<NamedValue>& layers) {
    fill(m_layers, layers);
}

void PointerPanel::setBands(const std::vector<NamedValue>& bands) {
    fill(m_bands, bands);
}

void PointerPanel::clear() {
    setPlace({});
    setLayers({});
    setBands({});
    for (auto* section : {&m_place, &m_layers, &m_bands}) {
        section->heading->hide();
        section->body->hide();
    }
}

QString PointerPanel::value(const QString& name) const {
    for (const auto* section : {&m_place, &m_layers, &m_bands}) {
        for (const auto& row : section->rows) {
            if (row.name == name) {
                return row.value;
            }
        }
    }
    return {};
}

} // namespace nunatak::ui::ground
