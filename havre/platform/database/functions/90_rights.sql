-- Rights: nobody calls a function that is not named here.

revoke execute on all functions in schema havre from public;
grant usage on schema havre to havre_app, havre_worker;
grant execute on function havre.actor(), havre.principals(), havre.extend(text, boolean), havre."end"(), havre.leaving(),
  havre.open_case(uuid[], text[], uuid[], text[], text[], date[], int, boolean[], uuid[], bytea[], bytea[],
    boolean, text[], text[], int[], text[], text[], text[], int[], boolean[], date[], text[]),
  havre.record_export(bigint, bigint), havre.record_base(),
  havre."grant"(uuid, bigint, int, text, text, uuid, timestamptz, text, boolean), havre.withdraw(uuid, bigint),
  havre.restrict(uuid, boolean, boolean), havre.circle(uuid, boolean), havre.shared_with_me(), havre.explain(uuid, uuid)
  to havre_app, havre_worker;
grant execute on function havre.administers(), havre.invite(uuid, text, text, text, text[], uuid, bytea, bytea),
  havre.invite_again(uuid, bytea), havre.appoint(uuid, text[], uuid), havre.suspend(uuid, boolean), havre.remove(uuid),
  havre.reset_factors(uuid),  havre.keep_team(uuid, text, boolean), havre.caseloads(uuid[]), havre.hand_over(uuid, uuid[], uuid[], boolean)
  to havre_app, havre_worker;
grant execute on function havre.invited(text), havre.accept(text, text) to havre_app;
grant execute on function havre.record_end(bigint, int), havre.record_leaves(bigint, bigint) to havre_worker;
grant execute on function havre.confirm(bytea), havre.confirmed() to havre_app, havre_worker;
grant execute on function havre.begin_session(bytea, uuid, text, interval, bytea), havre.begin_door(bytea, uuid, text, bytea),
  havre.factors(uuid, bytea), havre.enrol(uuid, uuid, text, bytea, bigint, bytea), havre.use_factor(uuid, bigint, bytea),
  havre.drop_factors(uuid[], bytea), havre.set_password(uuid, text, bytea), havre.sessions(), havre.end_others(uuid[])
  to havre_app;
grant execute on function havre.begin_job(bytea, uuid, bytea) to havre_app, havre_worker;
grant execute on function havre.mail_next(), havre.mail_take(uuid), havre.mail_end(uuid, boolean), havre.mail_wait(uuid)
  to havre_worker;
grant execute on function havre.reviews(), havre.break_glass(uuid, text, int, text, bytea, interval), havre.end_glass(uuid),
  havre.review_glass(uuid, text, bytea) to havre_app, havre_worker;
grant execute on function havre.agency(), havre.directory_reach(), havre.keeps_places() to havre_app, havre_worker;
grant execute on function havre.check_begin(int), havre.check_next(), havre.check_take(uuid, bytea), havre.check_end(uuid, boolean),
  havre.check_wait(uuid) to havre_worker;
grant execute on function havre.check_read(text), havre.check_answer(text, jsonb) to havre_app;
grant execute on function havre.suggestion_answer(uuid, boolean, bytea) to havre_app, havre_worker;
grant execute on function havre.directory_find(jsonb, timestamp, jsonb, int, int, int) to havre_app, havre_worker;
grant execute on function havre.directory_country(varchar, date, int, int, int), havre.directory_offers(varchar) to havre_app, havre_worker;
grant execute on function havre.directory_lines(varchar, uuid[]), havre.directory_numbers(uuid[]) to havre_app, havre_worker;
grant execute on function havre.agrees(), havre.ask_export(uuid, int, bytea), havre.answer(uuid, boolean),
  havre.use_agreement(uuid, int) to havre_app, havre_worker;
grant execute on function havre.count_unread(uuid), havre.rehome(uuid, uuid, text) to havre_app, havre_worker;
grant execute on function havre.remind_heads() to havre_worker;
grant execute on function havre.library_words(text), havre.library_question(text[], boolean), havre.library_body(uuid),
  havre.library_read(uuid), havre.library_find(jsonb, jsonb, int, int), havre.library_pages(uuid[], text[])
  to havre_app, havre_worker;
grant execute on function havre.calendar_read(text) to havre_app;
grant execute on function havre.survey_read(text), havre.survey_answer(text, bytea, bytea, jsonb) to havre_app;
grant execute on function havre.survey_load(uuid, jsonb) to havre_app;
grant execute on function havre.feed_take(int), havre.feed_recent(uuid), havre.feed_done(uuid, text, text, text, timestamptz, jsonb),
  havre.digest_ask_next(), havre.digest_ask_take(uuid, bytea), havre.digest_ask_end(uuid, boolean), havre.digest_ask_wait(uuid),
  havre.digest_begin(), havre.digest_next(), havre.digest_take(uuid), havre.digest_end(uuid, boolean), havre.digest_wait(uuid),
  havre.digest_forget() to havre_worker;
grant execute on function havre.digest_subscribe(uuid, bytea, bytea, text, bytea), havre.digest_link(text),
  havre.digest_confirm(text), havre.digest_leave(text) to havre_app;
grant execute on function havre.digest_house(), havre.digest_again(uuid) to havre_app, havre_worker;
grant execute on function havre.training_next(), havre.training_take(uuid, bytea), havre.training_end(uuid, boolean),
  havre.training_wait(uuid) to havre_worker;
grant execute on function havre.training_read(text), havre.training_answer(text, boolean, bytea, jsonb),
  havre.certificate_check(text, bytea) to havre_app;
