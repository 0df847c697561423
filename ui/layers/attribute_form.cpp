// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layers/attribute_form.h"

#include "ui/base/owned.h"
#include "ui/base/panel_parts.h"
#include "ui/layers/attribute_fields.h"

#include <QFormLayout>
#include <QIcon>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace nunatak::ui::layers {

namespace {

QFormLayout* makeForm() {
    auto* form = owned<QFormLayout>();
    form->setContentsMargins(0, 4, 0, 0);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(4);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    return form;
}

/// The same field can show both.
bool haveSameField(const AttributeRow& a, const AttributeRow& b) {
    return a.name == b.name && a.kind == b.kind && a.isEditable == b.isEditable && a.title == b.title;
}

} // namespace

AttributeForm::AttributeForm(QWidget* parent) : QWidget(parent) {
    m_heading = sectionHeading(tr("Attributes"));
    m_othersHeading = sectionHeading(tr("Other attributes"));
    m_form = makeForm();
    m_othersForm = makeForm();
    m_add = owned<QToolButton>();
    m_add->setObjectName(QStringLiteral("addAttribute"));
    m_add->setIcon(QIcon::fromTheme(QStringLiteral("list-add")));
    m_add->setText(tr("Add attribute…"));
    m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_add->setAutoRaise(true);
    m_add->setToolTip(tr("Another attribute for the selected glaciers: a name and what it holds"));
    connect(m_add, &QToolButton::clicked, this, &AttributeForm::addRequested);

    auto* column = owned<QVBoxLayout>(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_heading);
    column->addLayout(m_form);
    column->addWidget(m_othersHeading);
    column->addLayout(m_othersForm);
    column->addWidget(m_add);
}

void AttributeForm::show(const AttributeRows& rows, bool isEditable, const QString& key) {
    const bool isOther = key != m_key;
    m_key = key;
    m_heading->setVisible(!rows.offered.empty());
    m_othersHeading->setVisible(!rows.others.empty());
    m_add->setVisible(isEditable);
    build(m_offered, *m_form, rows.offered);
    build(m_others, *m_othersForm, rows.others);
    for (std::size_t i = 0; i < rows.offered.size(); ++i) {
        fill(m_offered[i], rows.offered[i], isOther);
    }
    for (std::size_t i = 0; i < rows.others.size(); ++i) {
        fill(m_others[i], rows.others[i], isOther);
    }
}

void AttributeForm::build(std::vector<Row>& rows, QFormLayout& form,
                          const std::vector<AttributeRow>& wanted) {
    const bool isSame =
        std::equal(rows.begin(), rows.end(), wanted.begin(), wanted.end(),
                   [](const Row& row, const AttributeRow& about) { return haveSameField(row.about, about); });
    if (isSame) {
        return;
    }
    while (form.rowCount() > 0) {
        // One of the fields may be telling what was typed into it just now.
        const auto taken = form.takeRow(form.rowCount() - 1);
        for (QLayoutItem* item : {taken.labelItem, taken.fieldItem}) {
            if (item == nullptr) {
                continue; // a sentence has no title
            }
            item->widget()->hide();
            item->widget()->deleteLater();
            delete item;
        }
    }
    rows.clear();
    for (const AttributeRow& about : wanted) {
        rows.push_back(makeRow(form, about));
    }
}

AttributeForm::Row AttributeForm::makeRow(QFormLayout& form, const AttributeRow& about) {
    Row row{about, owned<QLabel>(about.title), makeField(about), owned<QLabel>()};
    row.title->setForegroundRole(QPalette::PlaceholderText);
    row.title->setWordWrap(true);
    row.title->setContentsMargins(0, about.isEditable ? 4 : 0, 0, 0);
    row.title->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    row.title->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(row.title, &QLabel::customContextMenuRequested, this,
            [this, name = about.name, title = row.title](const QPoint& place) {
                showMenu(name, title->mapToGlobal(place));
            });
    row.problem->setObjectName(QStringLiteral("problem_") + about.name);
    row.problem->setWordWrap(true);
    row.problem->setStyleSheet(QStringLiteral("color: #da4453;")); // Breeze's negative, in both themes
    row.problem->hide();
    form.addRow(row.title, row.field);
    form.addRow(row.problem); // as wide as both: a sentence is not read in the width of a field
    return row;
}

QWidget* AttributeForm::makeField(const AttributeRow& about) {
    if (!about.isEditable) {
        auto* shown = owned<QLabel>();
        shown->setTextFormat(Qt::PlainText);
        shown->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        shown->setWordWrap(true);
        return shown;
    }
    const auto said = [this, name = about.name](const QString& text) { return finish(name, text); };
    auto* field = makeAttributeField(about.kind, said);
    field->setObjectName(QStringLiteral("attribute_") + about.name);
    return field;
}

void AttributeForm::fill(Row& row, const AttributeRow& about, bool isOther) {
    row.about = about;
    QString tip = about.tip;
    if (about.isEarlier) {
        tip += QLatin1Char('\n') +
               tr("It was said of an earlier shape of the glacier, so an export leaves it empty.");
    }
    if (about.isEditable) {
        tip +=
            QLatin1Char('\n') + (about.isRemovable ? tr("Right click: leave it empty, remove the attribute")
                                                   : tr("Right click: leave it empty"));
    }
    row.title->setToolTip(tip);
    row.field->setToolTip(about.shown != about.value && !about.shown.isEmpty()
                              ? QStringLiteral("%1\n%2").arg(about.value, tip)
                              : tip);
    QFont font = row.title->font();
    font.setItalic(about.isEarlier);
    row.title->setFont(font);
    if (auto* label = qobject_cast<QLabel*>(row.field)) {
        QString shown = about.isMixed ? about.instead : about.shown;
        label->setText(shown.replace(QLatin1Char('-'), QStringLiteral("-\u200b"))); // ids wrap there
        return;
    }
    if (isOther) {
        row.problem->hide();
    }
    // What is being typed, or was refused, stays.
    if (isOther || (!isBeingTyped(*row.field) && !row.problem->isVisibleTo(this))) {
        fillAttributeField(*row.field, about);
    }
}

bool AttributeForm::finish(const QString& name, const QString& text) {
    Row* row = find(name);
    if (row == nullptr) {
        return true;
    }
    const AttributeRow about = row->about;
    const bool isNothing = about.kind != AttributeRow::Kind::Choice && text.trimmed().isEmpty();
    // What nobody wrote into a field of several values changes none of them.
    const bool isLeft = about.isMixed && isNothing && about.value.isEmpty();
    if (isLeft || (text == about.value && !about.isMixed)) {
        showProblem(name, {});
        fillAttributeField(*row->field, about);
        return true;
    }
    if (!about.isMixed || !about.isWords) {
        Q_EMIT typed(name, text);
        row = find(name);
        return row == nullptr || !row->problem->isVisibleTo(this);
    }
    const QStringList before = about.value.split(QStringLiteral(", "), Qt::SkipEmptyParts);
    QStringList now;
    for (const auto& word : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        now << word.trimmed();
    }
    QStringList added;
    QStringList removed;
    std::copy_if(now.begin(), now.end(), std::back_inserter(added),
                 [&](const QString& word) { return !word.isEmpty() && !before.contains(word); });
    std::copy_if(before.begin(), before.end(), std::back_inserter(removed),
                 [&](const QString& word) { return !now.contains(word); });
    if (!added.isEmpty() || !removed.isEmpty()) {
        Q_EMIT wordsTyped(name, added.join(QStringLiteral(", ")), removed.join(QStringLiteral(", ")));
    }
    return true;
}

void AttributeForm::showProblem(const QString& name, const QString& sentence) {
    if (Row* row = find(name)) {
        row->problem->setText(sentence);
        row->problem->setVisible(!sentence.isEmpty());
    }
}

void AttributeForm::showMenu(const QString& name, const QPoint& place) {
    const Row* row = find(name);
    if (row == nullptr || !m_add->isVisibleTo(this) || !row->about.isEditable) {
        return;
    }
    auto* menu = owned<QMenu>(this);
    menu->setObjectName(QStringLiteral("attributeMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(QIcon::fromTheme(QStringLiteral("edit-clear")), tr("Leave empty"), this,
                    [this, name] { Q_EMIT typed(name, QString()); });
    if (row->about.isRemovable) {
        menu->addAction(QIcon::fromTheme(QStringLiteral("list-remove")), tr("Remove the attribute"), this,
                        [this, name] { Q_EMIT removeRequested(name); });
    }
    menu->popup(place);
}

AttributeForm::Row* AttributeForm::find(const QString& name) {
    for (auto* rows : {&m_offered, &m_others}) {
        for (Row& row : *rows) {
            if (row.about.name == name) {
                return &row;
            }
        }
    }
    return nullptr;
}

QString AttributeForm::value(const QString& label) const {
    for (const auto* rows : {&m_offered, &m_others}) {
        for (const Row& row : *rows) {
            if (row.about.name == label || row.about.title == label) {
                return row.about.isMixed ? row.about.instead : row.about.shown;
            }
        }
    }
    return {};
}

} // namespace nunatak::ui::layers
