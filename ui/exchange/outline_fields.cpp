// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/outline_fields.h"

#include "base/dates.h"
#include "ui/base/owned.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSignalBlocker>

#include <algorithm>
#include <utility>

namespace nunatak::ui::exchange {

OutlineFields::OutlineFields(QFormLayout& form, QObject* parent) : QObject(parent), m_form(form) {
    m_which = owned<QComboBox>();
    m_which->setObjectName(QStringLiteral("exportWhich"));
    m_date = owned<QLineEdit>();
    m_date->setObjectName(QStringLiteral("exportDate"));
    m_date->setPlaceholderText(tr("any, or such as 2020 or 2020-08-20"));
    m_place = owned<QComboBox>();
    m_place->setObjectName(QStringLiteral("exportPlace"));
    m_place->setToolTip(tr("A point inside the outline counts"));
    form.addRow(tr("Outlines"), m_which);
    form.addRow(tr("Of the date"), m_date);
    form.addRow(tr("Where"), m_place);
    connect(m_which, &QComboBox::currentIndexChanged, this, &OutlineFields::changed);
    connect(m_date, &QLineEdit::textChanged, this, &OutlineFields::changed);
    connect(m_place, &QComboBox::currentIndexChanged, this, &OutlineFields::changed);
}

void OutlineFields::offer(std::vector<std::string> selected, const std::vector<Place>& places) {
    const QSignalBlocker quietly(m_which);
    const QSignalBlocker quiet(m_place);
    m_selected = std::move(selected);
    const int before = m_which->currentIndex();
    m_which->clear();
    m_which->addItem(tr("All"));
    m_which->addItem(tr("Accepted"), static_cast<int>(outlines::Review::Accepted));
    m_which->addItem(tr("Doubtful"), static_cast<int>(outlines::Review::Doubtful));
    m_which->addItem(tr("Not reviewed"), static_cast<int>(outlines::Review::NotReviewed));
    if (!m_selected.empty()) {
        m_which->addItem(tr("Selected: %1").arg(QLocale().toString(static_cast<int>(m_selected.size()))),
                         QStringLiteral("selected"));
    }
    m_which->setCurrentIndex(before >= 0 && before < m_which->count() ? before : 0);
    const QString place = m_place->currentData().toString();
    m_place->clear();
    m_place->addItem(tr("Everywhere"));
    for (const Place& each : places) {
        m_place->addItem(tr("Within outlines of: %1").arg(each.title), each.layer);
    }
    m_place->setCurrentIndex(std::max(0, m_place->findData(place)));
    m_place->setVisible(!places.empty());
    m_form.labelForField(m_place)->setVisible(!places.empty());
}

tasks::OutlineChoice OutlineFields::choice() const {
    tasks::OutlineChoice choice;
    choice.date = isoDateFrom(m_date->text().trimmed().toStdString());
    choice.withinLayer = m_place->currentData().toString().toStdString();
    const QVariant which = m_which->currentData();
    if (which.toString() == QStringLiteral("selected")) {
        choice.uuids = m_selected;
    } else if (which.isValid()) {
        choice.reviews = {static_cast<outlines::Review>(which.toInt())};
    }
    return choice;
}

} // namespace nunatak::ui::exchange
