// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/filter_bar.h"

#include "ui/base/owned.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace nunatak::ui::review {

namespace {

QDoubleSpinBox* sizeField(const char* name, const QString& tip) {
    auto* field = owned<QDoubleSpinBox>();
    field->setObjectName(QLatin1String(name));
    field->setRange(0, 100000);
    field->setDecimals(3);
    field->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    field->setSpecialValueText(FilterBar::tr("any"));
    field->setKeyboardTracking(false);
    field->setToolTip(tip);
    field->setMinimumWidth(60);
    return field;
}

std::optional<double> valueOf(const QDoubleSpinBox& field) {
    return field.value() > 0 ? std::optional(field.value()) : std::nullopt;
}

} // namespace

FilterBar::FilterBar(QWidget* parent) : QWidget(parent) {
    using Show = QueueFilter::Show;
    m_show = owned<QComboBox>();
    m_show->setObjectName(QStringLiteral("queueShow"));
    m_show->setToolTip(tr("Which glaciers are listed, and come next"));
    for (const auto& [show, name] : {std::pair{Show::NeedsAnEye, tr("What needs an eye")},
                                     std::pair{Show::NotReviewed, tr("Not reviewed")},
                                     std::pair{Show::Outdated, tr("Changed after their review")},
                                     std::pair{Show::Doubtful, tr("Doubtful")},
                                     std::pair{Show::Mine, tr("Mine")}, std::pair{Show::All, tr("All")}}) {
        m_show->addItem(name, static_cast<int>(show));
    }
    m_unfold = owned<QToolButton>();
    m_unfold->setObjectName(QStringLiteral("queueMore"));
    m_unfold->setIcon(QIcon::fromTheme(QStringLiteral("view-filter")));
    m_unfold->setCheckable(true);
    m_unfold->setAutoRaise(true);
    m_clear = owned<QToolButton>();
    m_clear->setObjectName(QStringLiteral("queueClear"));
    m_clear->setIcon(QIcon::fromTheme(QStringLiteral("edit-clear-all")));
    m_clear->setAutoRaise(true);
    m_clear->setToolTip(tr("List what needs an eye again, everywhere"));
    auto* line = owned<QHBoxLayout>();
    line->setSpacing(2);
    line->addWidget(m_show, 1);
    line->addWidget(m_clear);
    line->addWidget(m_unfold);
    m_more = buildMore();
    auto* layout = owned<QVBoxLayout>(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(line);
    layout->addWidget(m_more);
    m_more->hide();

    connect(m_unfold, &QToolButton::toggled, m_more, &QWidget::setVisible);
    connect(m_clear, &QToolButton::clicked, this, &FilterBar::reset);
    connect(m_show, &QComboBox::activated, this, &FilterBar::adopt);
    connect(m_least, &QDoubleSpinBox::valueChanged, this, &FilterBar::adopt);
    connect(m_most, &QDoubleSpinBox::valueChanged, this, &FilterBar::adopt);
    connect(m_attribute, &QComboBox::activated, this, &FilterBar::adopt);
    connect(m_attribute->lineEdit(), &QLineEdit::editingFinished, this, &FilterBar::adopt);
    connect(m_value, &QLineEdit::editingFinished, this, &FilterBar::adopt);
    connect(m_where, &QComboBox::activated, this, &FilterBar::askWhere);
    for (const auto* field : findChildren<QLineEdit*>()) { // also those of the boxes
        connect(field, &QLineEdit::returnPressed, this, &FilterBar::left);
    }
    showState();
}

QWidget* FilterBar::buildMore() {
    m_least = sizeField("queueLeast", tr("Only glaciers of at least so many km²"));
    m_most = sizeField("queueMost", tr("Only glaciers of at most so many km²"));
    auto* sizes = owned<QHBoxLayout>();
    sizes->setSpacing(4);
    sizes->addWidget(m_least, 1);
    sizes->addWidget(owned<QLabel>(tr("to")));
    sizes->addWidget(m_most, 1);
    sizes->addWidget(owned<QLabel>(tr("km²")));
    m_where = owned<QComboBox>();
    m_where->setObjectName(QStringLiteral("queueWhere"));
    m_where->addItem(tr("Everywhere"));
    m_where->addItem(tr("In the view as it is now"));
    m_where->addItem(tr("In a region that I draw…"));
    m_where->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_where->setToolTip(tr("Glaciers that lie there, by a point within them"));
    m_attribute = owned<QComboBox>();
    m_attribute->setObjectName(QStringLiteral("queueAttribute"));
    m_attribute->setEditable(true);
    m_attribute->lineEdit()->setPlaceholderText(tr("any"));
    m_attribute->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_attribute->setToolTip(
        tr("An attribute; \"name\", \"date\", \"sensor\" and \"analyst\" every outline has"));
    m_value = owned<QLineEdit>();
    m_value->setObjectName(QStringLiteral("queueValue"));
    m_value->setPlaceholderText(tr("says"));
    m_value->setToolTip(tr("What the attribute has to say, letter by letter"));
    auto* attribute = owned<QHBoxLayout>();
    attribute->setSpacing(4);
    attribute->addWidget(m_attribute, 3);
    attribute->addWidget(m_value, 2);
    auto* more = owned<QWidget>();
    auto* form = owned<QFormLayout>(more);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(4);
    form->addRow(tr("Size"), sizes);
    form->addRow(tr("Where"), m_where);
    form->addRow(tr("Attribute"), attribute);
    return more;
}

void FilterBar::adopt() {
    QueueFilter now = m_filter;
    now.show = static_cast<QueueFilter::Show>(m_show->currentData().toInt());
    now.least = valueOf(*m_least);
    now.most = valueOf(*m_most);
    now.attribute = m_attribute->currentText().trimmed().toStdString();
    now.value = m_value->text().toStdString();
    if (now == m_filter) {
        return;
    }
    m_filter = std::move(now);
    showState();
    Q_EMIT changed();
}

void FilterBar::askWhere(int index) {
    switch (static_cast<Where>(index)) {
    case Where::Everywhere:
        setRegion(std::nullopt);
        break;
    case Where::InView:
        Q_EMIT viewRequested();
        break;
    case Where::Drawn:
        Q_EMIT drawingRequested();
        break;
    }
}

void FilterBar::setRegion(std::optional<geo::MultiPolygon> region) {
    m_filter.region = std::move(region);
    m_regionOf = m_filter.region ? m_where->currentIndex() : static_cast<int>(Where::Everywhere);
    showState();
    Q_EMIT changed();
}

void FilterBar::setAttributes(const QStringList& names) {
    const QSignalBlocker blocker(m_attribute);
    const QString chosen = m_attribute->currentText();
    m_attribute->clear();
    m_attribute->addItems(names);
    m_attribute->setCurrentIndex(-1);
    m_attribute->setEditText(chosen);
}

void FilterBar::reset() {
    showOnly(QueueFilter::Show::NeedsAnEye);
}

void FilterBar::showOnly(QueueFilter::Show show) {
    const QSignalBlocker least(m_least);
    const QSignalBlocker most(m_most);
    m_show->setCurrentIndex(m_show->findData(static_cast<int>(show)));
    m_least->setValue(0);
    m_most->setValue(0);
    m_attribute->setEditText({});
    m_value->clear();
    m_filter = {};
    m_filter.show = show;
    setRegion(std::nullopt);
}

void FilterBar::showState() {
    m_where->setCurrentIndex(m_regionOf); // another filter ends the asking for a region, too
    const bool isMore =
        m_filter.least || m_filter.most || !m_filter.attribute.empty() || m_filter.region.has_value();
    m_clear->setVisible(!m_filter.isUsual());
    m_unfold->setText(isMore ? QStringLiteral("•") : QString());
    m_unfold->setToolButtonStyle(isMore ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    m_unfold->setToolTip(isMore ? tr("The list is narrowed by size, place or attribute")
                                : tr("Narrow the list by size, place or attribute"));
}

} // namespace nunatak::ui::review
