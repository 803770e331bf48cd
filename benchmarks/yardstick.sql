-- The yardstick: the least that a database must write for the acts that are measured, in bare SQL, each in a durable
-- transaction of its own. No chain, no canonical text, no rights, no messages owed: only the rows anybody would have.
--
-- Each statement stands under its name. What the databases say differently stands under "name for database".

-- name: tables for sqlite
create table process (id integer primary key, status text not null, current_phase integer not null);
create table stance (
    id integer primary key, process_id integer not null, checkpoint_no integer not null, seat integer not null,
    kind text not null, at real not null, unique (process_id, checkpoint_no, seat));
create table handover (
    id integer primary key, process_id integer not null, from_phase integer not null, output integer not null,
    at real not null, unique (process_id, from_phase, output));
create table reminder (
    id integer primary key, process_id integer not null, checkpoint_no integer not null, seat integer not null,
    step integer not null, due_at real not null, status text not null, claimed_at real, sent_at real);

-- name: tables for postgresql
create table process (id bigint primary key, status text not null, current_phase integer not null);
create table stance (
    id bigint generated always as identity primary key, process_id bigint not null, checkpoint_no integer not null,
    seat integer not null, kind text not null, at double precision not null, unique (process_id, checkpoint_no, seat));
create table handover (
    id bigint generated always as identity primary key, process_id bigint not null, from_phase integer not null,
    output integer not null, at double precision not null, unique (process_id, from_phase, output));
create table reminder (
    id bigint generated always as identity primary key, process_id bigint not null, checkpoint_no integer not null,
    seat integer not null, step integer not null, due_at double precision not null, status text not null,
    claimed_at double precision, sent_at double precision);

-- name: tables
create table phase (
    process_id bigint not null, no integer not null, status text not null, opened_at double precision,
    closed_at double precision, primary key (process_id, no));
create table checkpoint (
    process_id bigint not null, no integer not null, status text not null, decided_at double precision,
    primary key (process_id, no));
create index reminder_due on reminder (due_at) where status = 'pending';
create index reminder_seat on reminder (process_id, checkpoint_no, seat);

-- The processes that wait, each at the checkpoint `no` with all that came before; seat 0 is the preparer's.

-- name: park
insert into process
    with recursive n(i) as (select 1 union all select i + 1 from n where i < :count)
    select :first + i, 'running', :no from n;
insert into phase
    with recursive p(i) as (select 1 union all select i + 1 from p where i < :no)
    select id, i, case when i < :no then 'done' else 'open' end, :now, null from process cross join p
    where id > :first;
insert into checkpoint
    with recursive p(i) as (select 1 union all select i + 1 from p where i < :no)
    select id, i, case when i < :no then 'passed' else 'open' end, null from process cross join p
    where id > :first;
insert into stance (process_id, checkpoint_no, seat, kind, at)
    with recursive p(i) as (select 1 union all select i + 1 from p where i < :no),
        s(i) as (select 1 union all select i + 1 from s where i < :seats)
    select id, p.i, s.i, 'accept', :now from process cross join p cross join s
    where id > :first and p.i < :no;
insert into reminder (process_id, checkpoint_no, seat, step, due_at, status)
    with recursive s(i) as (select 0 union all select i + 1 from s where i < :seats),
        r(i) as (select 1 union all select i + 1 from r where i < :steps)
    select id, :no, s.i, r.i, :now + 86400 * r.i, 'pending' from process cross join s cross join r
    where id > :first and (s.i > 0 or r.i <= :preparer_steps);

-- One act is the statements below, between "begin" and "commit".

-- name: look at the checkpoint for sqlite
select status from checkpoint where process_id = :process and no = :no

-- name: look at the checkpoint for postgresql
select status from checkpoint where process_id = :process and no = :no for update

-- name: take a stance
insert into stance (process_id, checkpoint_no, seat, kind, at) values (:process, :no, :seat, 'accept', :now)

-- name: void the reminders
update reminder set status = 'void'
where process_id = :process and checkpoint_no = :no and seat = :seat and status = 'pending'

-- name: count the stances
select count(*) from stance where process_id = :process and checkpoint_no = :no and kind = 'accept'

-- name: pass the checkpoint
update checkpoint set status = 'passed', decided_at = :now where process_id = :process and no = :no

-- name: finish the phase
update phase set status = 'done', closed_at = :now where process_id = :process and no = :no

-- name: hand over
insert into handover (process_id, from_phase, output, at) values (:process, :no, :output, :now)

-- name: begin the next phase
insert into phase (process_id, no, status, opened_at) values (:process, :next, 'open', :now)

-- name: begin the next checkpoint
insert into checkpoint (process_id, no, status) values (:process, :next, 'open')

-- name: move on
update process set current_phase = :next where id = :process

-- name: complete
update process set status = 'completed' where id = :process

-- name: remind
insert into reminder (process_id, checkpoint_no, seat, step, due_at, status)
values (:process, :next, :seat, :step, :due_at, 'pending')
