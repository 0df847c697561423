// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layers/add_attribute_dialog.h"

#include "outlines/attribute_schema.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace nunatak::ui::layers {

using outlines::AttributeType;

AddAttributeDialog::AddAttributeDialog(const std::set<std::string>& there, QWidget* parent)
    : QDialog(parent), m_there(there) {
    setObjectName(QStringLiteral("addAttributeDialog"));
    setWindowTitle(tr("Add attribute"));
    m_name = owned<QComboBox>();
    m_name->setObjectName(QStringLiteral("attributeName"));
    m_name->setEditable(true);
    m_name->setMinimumContentsLength(24);
    for (const auto& info : outlines::attributeSchema()) {
        const bool isKnown = std::any_of(there.begin(), there.end(), [&](const std::string& name) {
            return outlines::isNameOf(info, name);
        });
        if (!info.isOffered && !isKnown) {
            m_name->addItem(QString::fromUtf8(info.id));
            m_name->setItemData(m_name->count() - 1, QString::fromUtf8(info.title), Qt::ToolTipRole);
        }
    }
    m_name->setCurrentIndex(-1);
    m_name->lineEdit()->setPlaceholderText(tr("a name, such as ice_type"));
    m_type = owned<QComboBox>();
    m_type->setObjectName(QStringLiteral("attributeType"));
    const std::array types{std::pair{AttributeType::Text, tr("text")},
                           std::pair{AttributeType::Integer, tr("whole number")},
                           std::pair{AttributeType::Real, tr("number")},
                           std::pair{AttributeType::Boolean, tr("yes or no")},
                           std::pair{AttributeType::Date, tr("date")},
                           std::pair{AttributeType::DateTime, tr("date and time")}};
    for (const auto& [type, words] : types) {
        m_type->addItem(words, static_cast<int>(type));
    }
    m_meaning = owned<QLabel>();
    m_meaning->setWordWrap(true);
    m_meaning->setForegroundRole(QPalette::PlaceholderText);
    auto* buttons = owned<QDialogButtonBox>(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Add"));
    connect(buttons, &QDialogButtonBox::accepted, this, &AddAttributeDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_name, &QComboBox::currentTextChanged, this, &AddAttributeDialog::follow);

    auto* form = owned<QFormLayout>();
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Holds"), m_type);
    auto* column = owned<QVBoxLayout>(this);
    column->addLayout(form);
    column->addWidget(m_meaning);
    column->addStretch(1);
    column->addWidget(buttons);
    follow();
}

void AddAttributeDialog::follow() {
    const auto name = m_name->currentText().trimmed().toStdString();
    const auto* info = outlines::attributeInfo(name);
    if (m_there.contains(name)) {
        m_meaning->setText(tr("The glaciers have it already."));
    } else if (info != nullptr && info->isOffered) {
        m_meaning->setText(tr("It is there already, as %1.").arg(QString::fromUtf8(info->title)));
    } else {
        m_meaning->setText(info != nullptr ? QStringLiteral("%1: %2.").arg(QString::fromUtf8(info->title),
                                                                           QString::fromUtf8(info->meaning))
                                           : tr("The name that a file has for it, in letters without blanks; "
                                                "a Shapefile keeps ten of them."));
    }
    if (info != nullptr) {
        m_type->setCurrentIndex(m_type->findData(static_cast<int>(info->type)));
    }
    m_type->setEnabled(info == nullptr);
}

void AddAttributeDialog::accept() {
    const auto name = m_name->currentText().trimmed();
    const auto* info = outlines::attributeInfo(name.toStdString());
    const bool isThere = m_there.contains(name.toStdString()) || (info != nullptr && info->isOffered);
    if (name.isEmpty() || isThere) {
        return; // the dialog says why
    }
    if (outlines::isOwnColumn(name.toStdString())) {
        m_meaning->setText(
            tr("\"%1\" is a column that the program writes itself; choose another name.").arg(name));
        return;
    }
    Q_EMIT chosen(name, static_cast<AttributeType>(m_type->currentData().toInt()));
    QDialog::accept();
}

} // namespace nunatak::ui::layers
