drop table member_secrets;
drop table members;
